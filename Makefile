# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds build/dmacheck (the command) and build/dmacheck.so (the GCC plugin).
#
#	make			build
#	make ARCHES="arm64 arm"	build for their cross compilers, too
#	make help		everything else
#
# Nothing here fails while it is only read: "make check" and "make audit" read
# it on machines that still lack the packages, install these, and build in a
# second make.

VERSION = 0.1
PREFIX ?= /usr/local

ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif

O = build
# Where this GCC looks for -fplugin=dmacheck.
PLUGIN_DIR = $(shell $(CC) -print-file-name=plugin)

CFLAGS ?= -O2 -g
CXXFLAGS ?= -O2 -g

WARN = -Wall -Wextra $(if $(filter 1,$(WERROR)),-Werror)
C_WARN = $(WARN) -Werror=implicit -Werror=incompatible-pointer-types \
	 -Werror=int-conversion -Wmissing-prototypes -Wstrict-prototypes
DEPS = -MMD -MP
DEFS = -D_GNU_SOURCE
HIDE = -fPIC -fvisibility=hidden

# Each cross compiler needs a plugin of its own.
comma := ,
ARCH_LIST := $(subst $(comma), ,$(ARCHES))
MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
compiler = $(shell awk -v name=$(1) '$$1 == name { print $$4 }' tool/arches.txt)
plugin_dir = $(shell $(1)-gcc -print-file-name=plugin)
CROSS := $(sort $(filter-out $(MACHINE),$(foreach a,$(ARCH_LIST),$(call \
	compiler,$(a)))))
CROSS_SO := $(CROSS:%=$(O)/%/dmacheck.so)

# The core is optimised as a whole where it is linked into what people run: an
# eighth less time. Tests link the same objects as they are.
LTO = -flto=auto
# The core knows nothing of GCC: no include path but its own.
CORE_FLAGS = -std=c11 $(DEFS) $(HIDE) $(C_WARN) $(DEPS) -Iplugin/core \
	     $(LTO) -ffat-lto-objects
TOOL_FLAGS = -std=c11 $(DEFS) $(C_WARN) $(DEPS) -Iplugin/core -Itool -Ireports
PLUGIN_FLAGS = -std=gnu++17 -fno-rtti -fno-exceptions $(DEFS) $(HIDE) $(WARN) \
	       $(DEPS) -Iplugin/core -Iplugin/gcc

# $(call libs,pkg-config names,fallback)
libs = $(shell pkg-config --libs $(1) 2>/dev/null || echo $(2))
CORE_LIBS = $(call libs,libcyaml yaml-0.1 jansson,-lcyaml -lyaml -ljansson)
TOOL_LIBS = $(CORE_LIBS) $(call libs,sqlite3,-lsqlite3)
TEST_LIBS = $(call libs,cmocka,-lcmocka) $(TOOL_LIBS)

CORE_SRC := $(sort $(wildcard plugin/core/*.c))
PLUGIN_SRC := $(sort $(wildcard plugin/gcc/*.cc))
TOOL_SRC := $(sort $(wildcard tool/*.c reports/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT_HELP := $(filter-out $(UNIT_SRC),$(sort $(wildcard tests/unit/*.c)))
TEST_SRC := $(sort $(wildcard tests/*.c))

CORE_OBJ := $(CORE_SRC:%.c=$(O)/obj/%.o) $(O)/obj/rules_builtin.o \
	    $(O)/obj/rules_frozen.o $(O)/obj/version.o
PLUGIN_OBJ := $(PLUGIN_SRC:%.cc=$(O)/obj/%.o)
TOOL_OBJ := $(TOOL_SRC:%.c=$(O)/obj/%.o) $(O)/obj/arches_builtin.o
MAIN_SRC := $(or $(shell grep -lw "^int main" $(TOOL_SRC) /dev/null),tool/main.c)
MAIN_OBJ := $(MAIN_SRC:%.c=$(O)/obj/%.o)
UNIT_HELP_OBJ := $(UNIT_HELP:%.c=$(O)/obj/%.o)
UNIT_BIN := $(UNIT_SRC:tests/%.c=$(O)/tests/%)
TEST_BIN := $(TEST_SRC:tests/%.c=$(O)/tests/%)

# make V=1 shows whole commands.
Q = $(if $(V),,@)
say = @$(if $(V),:,printf '  %-5s %s\n') $(1) $@

# One make builds for the others: as many jobs as there are processors.
SUBMAKE = $(MAKE) --no-print-directory -j$$(nproc)

.PHONY: all tests audit check check-full bench bench-full setup kernel \
	install uninstall clean help FORCE
.DELETE_ON_ERROR:

all: $(O)/dmacheck $(O)/dmacheck.so $(CROSS_SO) $(O)/cocci

# The command finds the semantic patches beside itself.
$(O)/cocci:
	@mkdir -p $(O)
	@ln -sfn ../cocci $@

$(O)/dmacheck: $(MAIN_OBJ) $(O)/libdmacheck.a
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LTO) $(LDFLAGS) -o $@ $^ $(TOOL_LIBS)

link_plugin = $(CXX) -shared $(CXXFLAGS) $(LTO) $(LDFLAGS) -o $@ $(filter %.o,$^) \
	      -Wl,--version-script=plugin/gcc/exports.map \
	      -Wl,--as-needed $(CORE_LIBS)

$(O)/dmacheck.so: $(PLUGIN_OBJ) $(CORE_OBJ) plugin/gcc/exports.map
	$(call say,LINK)
	$(Q)$(link_plugin)

# $(call cross,COMPILER): its plugin, with the same core.
define cross
$(O)/$(1)/dmacheck.so: $(PLUGIN_SRC:%.cc=$(O)/obj/$(1)/%.o) $(CORE_OBJ) \
		plugin/gcc/exports.map
	$$(call say,LINK)
	@mkdir -p $$(@D)
	$$(Q)$$(link_plugin)

$(O)/obj/$(1)/%.o: %.cc Makefile
	$$(call say,CXX)
	@mkdir -p $$(@D)
	$$(Q)$$(CXX) $$(CXXFLAGS) $$(PLUGIN_FLAGS) -isystem $$(call plugin_dir,$(1))/include \
		-c -o $$@ $$<
endef
$(foreach c,$(CROSS),$(eval $(call cross,$(c))))

# Everything but main(), so that unit tests link what they test.
$(O)/libdmacheck.a: $(filter-out $(MAIN_OBJ),$(TOOL_OBJ)) $(CORE_OBJ)
	$(call say,AR)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(O)/obj/plugin/core/%.o: plugin/core/%.c Makefile
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(CORE_FLAGS) -c -o $@ $<

$(O)/obj/%.o: $(O)/%.c Makefile
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(CORE_FLAGS) -c -o $@ $<

$(O)/obj/plugin/gcc/%.o: plugin/gcc/%.cc Makefile
	$(call say,CXX)
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXXFLAGS) $(PLUGIN_FLAGS) -isystem $(PLUGIN_DIR)/include \
		-c -o $@ $<

$(O)/obj/%.o: %.c Makefile
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(TOOL_FLAGS) -c -o $@ $<

# Texts, compiled in: octal, so that any byte may stand in the file.
builtin = { echo '/* Generated from $<. */'; \
	    echo '\#include <stddef.h>'; \
	    echo 'extern const char $(1)_builtin[];'; \
	    echo 'extern const size_t $(1)_builtin_len;'; \
	    echo 'const char $(1)_builtin[] ='; \
	    od -An -v -b $< | sed 's/ /\\/g; s/.*/"&"/'; \
	    echo ';'; \
	    echo 'const size_t $(1)_builtin_len = sizeof($(1)_builtin) - 1;'; \
	  } >$@

$(O)/rules_builtin.c: rules.yaml Makefile
	@mkdir -p $(@D)
	@$(call builtin,rules)

# The same rules as tables, so that no compile parses them.
$(O)/freeze: plugin/freeze/freeze.c plugin/core/rules_thaw.h Makefile
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(CORE_FLAGS) -o $@ $< $(CORE_LIBS)

$(O)/rules_frozen.c: rules.yaml $(O)/freeze
	@$(O)/freeze $< >$@.tmp && mv $@.tmp $@

$(O)/arches_builtin.c: tool/arches.txt Makefile
	@mkdir -p $(@D)
	@$(call builtin,arches)

# Which engine wrote a store: a hash of its sources, looked at in every make.
$(O)/version.c: FORCE
	@mkdir -p $(@D)
	@hash=$$(LC_ALL=C ls plugin/core/* plugin/gcc/* | \
		xargs cat | sha256sum | cut -c 1-16) && \
	 { echo '/* Generated. */'; \
	   for v in build:$$hash version:$(VERSION) \
		gcc_version:$$($(CC) -dumpfullversion) \
		machine:$(MACHINE); do \
		echo "extern const char dmacheck_$${v%%:*}[];"; \
		echo "const char dmacheck_$${v%%:*}[] = \"$${v#*:}\";"; \
	   done; } >$@.tmp && \
	 if cmp -s $@.tmp $@; then rm $@.tmp; else mv $@.tmp $@; fi

tests: $(UNIT_BIN) $(TEST_BIN)

$(O)/tests/unit/%: tests/unit/%.c $(UNIT_HELP_OBJ) $(O)/libdmacheck.a
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(TOOL_FLAGS) -fno-lto -Itests/unit -o $@ $< \
		$(UNIT_HELP_OBJ) $(O)/libdmacheck.a $(TEST_LIBS)

$(O)/tests/%: tests/%.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(TOOL_FLAGS) -o $@ $<

setup:
	@tool/setup.sh $(ARCH_LIST)

kernel: setup
	@tool/kernel.sh

# make audit [KERNEL=TREE] [PATHS="DIR FILE ..."] [DB=FILE] [KERNEL_VERSION=V]
#	[ARCHES="ARCH ..."] [ENGINE=gcc|cocci|both]
audit: setup
	@$(SUBMAKE) all
	@KERNEL='$(KERNEL)' PATHS='$(PATHS)' DB='$(DB)' \
		KERNEL_VERSION='$(KERNEL_VERSION)' ARCHES='$(ARCHES)' \
		ENGINE='$(ENGINE)' tool/audit.sh

check check-full: setup
	@$(SUBMAKE) all tests
	@CC='$(CC)' tests/run.sh $(if $(filter check-full,$@),--full) $(TESTS)

bench bench-full: setup
	@$(SUBMAKE) all tests
	@CC='$(CC)' tests/bench.sh $(if $(filter bench-full,$@),--full)

# The command finds plugin, rules and semantic patches beside itself, so all of
# them live together.
LIB_DIR = $(DESTDIR)$(PREFIX)/lib/dmacheck
BIN_DIR = $(DESTDIR)$(PREFIX)/bin

install: all
	install -d $(LIB_DIR) $(BIN_DIR) $(DESTDIR)$(PLUGIN_DIR)
	install -m 755 $(O)/dmacheck $(LIB_DIR)/dmacheck
	install -m 644 $(O)/dmacheck.so rules.yaml $(LIB_DIR)
	install -d $(LIB_DIR)/cocci
	install -m 644 cocci/*.cocci $(LIB_DIR)/cocci
	ln -sfn ../lib/dmacheck/dmacheck $(BIN_DIR)/dmacheck
	install -m 644 $(O)/dmacheck.so $(DESTDIR)$(PLUGIN_DIR)/dmacheck.so
	$(foreach a,$(CROSS),install -D -m 644 $(O)/$(a)/dmacheck.so \
		$(LIB_DIR)/$(a)/dmacheck.so && install -D -m 644 \
		$(O)/$(a)/dmacheck.so \
		$(DESTDIR)$(call plugin_dir,$(a))/dmacheck.so &&) :

uninstall:
	rm -f $(BIN_DIR)/dmacheck $(DESTDIR)$(PLUGIN_DIR)/dmacheck.so
	rm -f $(addprefix $(LIB_DIR)/,dmacheck dmacheck.so rules.yaml \
		*/dmacheck.so cocci/*.cocci)
	rm -f $(foreach a,$(CROSS),$(DESTDIR)$(call \
		plugin_dir,$(a))/dmacheck.so)
	-rmdir $(LIB_DIR)/*/
	-rmdir $(LIB_DIR)

clean:
	rm -rf $(O)

help:
	@echo 'make              build the command and the plugin in $(O)/'
	@echo 'make audit        install what is missing, build, fetch the'
	@echo '                  kernel source of Debian, audit it, report'
	@echo '    KERNEL=TREE   a kernel tree of your own, configured and prepared'
	@echo '    PATHS="A B"   files or folders in it; default: all of it'
	@echo '    DB=FILE       where the findings go'
	@echo '    KERNEL_VERSION=V  a version of the kernel source package'
	@echo '    ARCHES="A B"  architectures, the first to be tried first:'
	@echo '                  $(strip $(shell sed "s/[#	].*//" tool/arches.txt))'
	@echo '    ENGINE=both   semantic patches, too: every file that calls the'
	@echo '                  DMA API, built or not; takes twice as long'
	@echo 'make check        install what is missing, run all tests'
	@echo '    TESTS="A B"   only suites whose name contains A or B'
	@echo 'make check-full   the same, and the tests that take long'
	@echo 'make bench        speed: 30 units against gcc alone'
	@echo 'make bench-full   the same, and a whole audit'
	@echo 'make setup        only install what is missing'
	@echo 'make kernel       only fetch and prepare the kernel source'
	@echo 'make install      PREFIX=$(PREFIX) DESTDIR='
	@echo 'make uninstall    the same variables'
	@echo 'make clean        remove $(O)/'
	@echo 'with any of them: V=1 shows whole commands, WERROR=1 makes'
	@echo '                  warnings of the compiler errors'

-include $(wildcard $(foreach d,*.d */*.d */*/*.d */*/*/*.d,$(O)/obj/$(d)))
-include $(wildcard $(O)/tests/*.d $(O)/tests/*/*.d)
