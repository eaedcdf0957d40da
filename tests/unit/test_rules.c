// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules that are shipped, against the model of the API families. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "rules.h"

static int set_up(void **state)
{
	struct error err = { "" };

	*state = rules_load(NULL, &err);
	if (!*state)
		fprintf(stderr, "%s\n", err.text);
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	rules_free(*state);
	return 0;
}

/* Argument numbers of api_model.csv; -1: has none. */
static const struct {
	const char *name;
	enum api_kind kind;
	enum role ret;
	int dev, size, cpu, handle, dir, attrs;
} apis[] = {
	{ "dma_alloc_coherent", API_ACQUIRE, ROLE_CPU, 0, 1, -1, 2, -1, -1 },
	{ "dma_free_coherent", API_RELEASE, ROLE_NONE, 0, 1, 2, 3, -1, -1 },
	{ "dma_alloc_attrs", API_ACQUIRE, ROLE_CPU, 0, 1, -1, 2, -1, 4 },
	{ "dma_free_attrs", API_RELEASE, ROLE_NONE, 0, 1, 2, 3, -1, 4 },
	{ "dma_alloc_wc", API_ACQUIRE, ROLE_CPU, 0, 1, -1, 2, -1, -1 },
	{ "dmam_alloc_coherent", API_ACQUIRE, ROLE_CPU, 0, 1, -1, 2, -1, -1 },
	{ "dmam_free_coherent", API_RELEASE, ROLE_NONE, 0, 1, 2, 3, -1, -1 },
	{ "dma_alloc_noncoherent", API_ACQUIRE, ROLE_CPU, 0, 1, -1, 2, 3, -1 },
	{ "dma_free_noncoherent", API_RELEASE, ROLE_NONE, 0, 1, 2, 3, 4, -1 },
	{ "dma_alloc_pages", API_ACQUIRE, ROLE_PAGE, 0, 1, -1, 2, 3, -1 },
	{ "dma_alloc_noncontiguous", API_ACQUIRE, ROLE_SGT, 0, 1, -1, -1, 2,
	  4 },
	{ "dma_free_noncontiguous", API_RELEASE, ROLE_NONE, 0, 1, -1, -1, 3,
	  -1 },
	{ "dma_vunmap_noncontiguous", API_RELEASE, ROLE_NONE, 0, -1, 1, -1, -1,
	  -1 },
	{ "dma_pool_create", API_ACQUIRE, ROLE_OBJECT, 1, 2, -1, -1, -1, -1 },
	{ "dma_pool_zalloc", API_ACQUIRE, ROLE_CPU, -1, -1, -1, 2, -1, -1 },
	{ "dma_pool_free", API_RELEASE, ROLE_NONE, -1, -1, 1, 2, -1, -1 },
	{ "dma_map_single", API_ACQUIRE, ROLE_HANDLE, 0, 2, 1, -1, 3, -1 },
	{ "dma_map_single_attrs", API_ACQUIRE, ROLE_HANDLE, 0, 2, 1, -1, 3,
	  4 },
	{ "dma_unmap_single_attrs", API_RELEASE, ROLE_NONE, 0, 2, -1, 1, 3,
	  4 },
	{ "dma_map_page_attrs", API_ACQUIRE, ROLE_HANDLE, 0, 3, -1, -1, 4, 5 },
	{ "dma_unmap_page_attrs", API_RELEASE, ROLE_NONE, 0, 2, -1, 1, 3, 4 },
	{ "skb_frag_dma_map", API_ACQUIRE, ROLE_HANDLE, 0, 3, -1, -1, 4, -1 },
	{ "dma_map_resource", API_ACQUIRE, ROLE_HANDLE, 0, 2, -1, -1, 3, 4 },
	{ "dma_map_phys", API_ACQUIRE, ROLE_HANDLE, 0, 2, -1, -1, 3, 4 },
	{ "dma_map_sg_attrs", API_ACQUIRE, ROLE_COUNT, 0, -1, -1, -1, 3, 4 },
	{ "dma_unmap_sg_attrs", API_RELEASE, ROLE_NONE, 0, -1, -1, -1, 3, 4 },
	{ "dma_map_sgtable", API_ACQUIRE, ROLE_ERR, 0, -1, -1, -1, 2, 3 },
	{ "dma_mapping_error", API_TEST, ROLE_BOOL, 0, -1, -1, 1, -1, -1 },
	{ "dma_sync_single_for_cpu", API_SYNC, ROLE_NONE, 0, 2, -1, 1, 3, -1 },
	{ "dma_sync_single_range_for_device", API_SYNC, ROLE_NONE, 0, 3, -1, 1,
	  4, -1 },
	{ "usb_alloc_coherent", API_ACQUIRE, ROLE_CPU, 0, 1, -1, 3, -1, -1 },
	{ "usb_free_coherent", API_RELEASE, ROLE_NONE, 0, 1, 2, 3, -1, -1 },
	{ "ib_dma_map_page", API_ACQUIRE, ROLE_HANDLE, 0, 3, -1, -1, 4, -1 },
	{ "ib_dma_mapping_error", API_TEST, ROLE_BOOL, 0, -1, -1, 1, -1, -1 },
	{ "snd_dma_alloc_pages", API_ACQUIRE, ROLE_ERR, 1, 2, -1, -1, -1, -1 },
	{ "snd_dma_alloc_dir_pages", API_ACQUIRE, ROLE_ERR, 1, 3, -1, -1, 2,
	  -1 },
	{ "dma_buf_map_attachment", API_ACQUIRE, ROLE_SGT, 0, -1, -1, -1, 1,
	  -1 },
	{ "dma_buf_unmap_attachment", API_RELEASE, ROLE_NONE, 0, -1, -1, -1, 2,
	  -1 },
	{ "xsk_pool_dma_map", API_ACQUIRE, ROLE_ERR, 1, -1, -1, -1, -1, 2 },
	{ "virtqueue_dma_map_single_attrs", API_ACQUIRE, ROLE_HANDLE, 0, 2, 1,
	  -1, 3, 4 },
	{ "dma_set_mask_and_coherent", API_MASK, ROLE_ERR, 0, -1, -1, -1, -1,
	  -1 },
};

static int handle_arg(const struct api *api)
{
	int n = api_arg(api, ROLE_HANDLE);

	return n >= 0 ? n : api_arg(api, ROLE_HANDLE_OUT);
}

static void arguments_are_those_of_the_model(void **state)
{
	const struct rules *r = *state;
	size_t i;

	for (i = 0; i < sizeof(apis) / sizeof(apis[0]); i++) {
		const struct api *api = rules_api(r, apis[i].name);

		if (!api)
			fail_msg("%s() is missing", apis[i].name);
		assert_int_equal(api->kind, apis[i].kind);
		assert_int_equal(api->ret, apis[i].ret);
		assert_int_equal(api_arg(api, ROLE_DEV), apis[i].dev);
		assert_int_equal(api_arg(api, ROLE_SIZE), apis[i].size);
		assert_int_equal(api_arg(api, ROLE_CPU), apis[i].cpu);
		assert_int_equal(handle_arg(api), apis[i].handle);
		assert_int_equal(api_arg(api, ROLE_DIR), apis[i].dir);
		assert_int_equal(api_arg(api, ROLE_ATTRS), apis[i].attrs);
	}
}

static void the_rest_of_the_roles_is_where_it_belongs(void **state)
{
	const struct rules *r = *state;

	assert_int_equal(api_arg(rules_api(r, "dma_map_sg"), ROLE_NENTS), 2);
	assert_int_equal(api_arg(rules_api(r, "dma_map_sg"), ROLE_SGL), 1);
	assert_int_equal(api_arg(rules_api(r, "dma_pool_alloc"), ROLE_POOL),
			 0);
	assert_int_equal(api_arg(rules_api(r, "dma_map_page"), ROLE_PAGE), 1);
	assert_int_equal(api_arg(rules_api(r, "dma_map_page"), ROLE_OFFSET),
			 2);
	assert_int_equal(api_arg(rules_api(r, "usb_alloc_coherent"),
				 ROLE_GFP), 2);
	assert_int_equal(api_arg(rules_api(r, "snd_dma_free_pages"),
				 ROLE_OBJECT), 0);
	assert_int_equal(api_arg(rules_api(r, "__devm_add_action"), ROLE_FN),
			 1);
	assert_int_equal(api_arg(rules_api(r, "dmaengine_prep_slave_sg"),
				 ROLE_COUNT), 2);
	assert_int_equal(api_arg(rules_api(r, "usb_control_msg"), ROLE_BUFFER),
			 6);
	assert_int_equal(rules_api(r, "kzalloc")->ret, ROLE_OBJECT);
	assert_int_equal(rules_api(r, "kzalloc")->memory, MEM_KMALLOC);
	assert_int_equal(rules_api(r, "vzalloc")->memory, MEM_VMALLOC);
	assert_int_equal(api_arg(rules_api(r, "kfree"), ROLE_OBJECT), 0);
	assert_int_equal(api_arg(rules_api(r, "devm_kfree"), ROLE_OBJECT), 1);
	/* families of the model that own no mapping */
	assert_int_equal(rules_api(r, "i2c_get_dma_safe_msg_buf")->kind,
			 API_ALLOC);
	assert_int_equal(rules_api(r, "of_reserved_mem_device_init")->kind,
			 API_BORROW);
	assert_int_equal(rules_api(r, "dma_declare_coherent_memory")->kind,
			 API_BORROW);
	assert_int_equal(rules_api(r, "dma_mmap_attrs")->kind, API_USER);
	assert_int_equal(rules_api(r, "dma_get_sgtable_attrs")->kind,
			 API_BORROW);
	assert_int_equal(rules_api(r, "dma_set_max_seg_size")->kind,
			 API_BORROW);
	assert_int_equal(rules_api(r, "snd_pcm_set_managed_buffer")->kind,
			 API_BORROW);
	assert_int_equal(rules_api(r, "netdev_priv")->kind, API_PURE);
	assert_int_equal(rules_api(r, "writel")->kind, API_DEVICE);
	assert_int_equal(rules_api(r, "virt_to_phys")->kind, API_ADDRESS);
	assert_true(rules_api(r, "dma_sync_sg_for_cpu")->to_cpu);
	assert_false(rules_api(r, "dma_sync_sg_for_cpu")->to_device);
	assert_true(rules_api(r, "dma_sync_sg_for_device")->to_device);
	assert_true(rules_api(r, "usb_alloc_coherent")->wrapper);
	assert_false(rules_api(r, "dma_alloc_coherent")->wrapper);
	assert_null(rules_api(r, "dma_alloc_coherent_"));
	assert_null(rules_api(r, ""));
}

/* One API of each family of api_model.csv, and what is special about it. */
static const struct {
	const char *api;
	enum fail_kind fail;
	const char *type;	/* of debug.c */
	const char *test, *releases;
} families[] = {
	{ "dma_alloc_coherent", FAIL_NULL, "coherent", NULL,
	  "dma_free_coherent" },
	{ "dma_alloc_attrs", FAIL_NULL, "coherent", NULL, "dma_free_coherent" },
	{ "dma_alloc_wc", FAIL_NULL, "coherent", NULL, "dma_free_wc" },
	{ "dmam_alloc_attrs", FAIL_NULL, "coherent", NULL,
	  "dmam_free_coherent" },
	{ "dma_alloc_noncoherent", FAIL_NULL, "noncoherent", NULL,
	  "dma_free_noncoherent" },
	{ "dma_alloc_pages", FAIL_NULL, "noncoherent", NULL,
	  "dma_free_pages" },
	{ "dma_alloc_noncontiguous", FAIL_NULL, NULL, NULL,
	  "dma_free_noncontiguous" },
	{ "dma_vmap_noncontiguous", FAIL_NULL, NULL, NULL,
	  "dma_vunmap_noncontiguous" },
	{ "dma_pool_create", FAIL_NULL, NULL, NULL, "dma_pool_destroy" },
	{ "dmam_pool_create", FAIL_NULL, NULL, NULL, "dmam_pool_destroy" },
	{ "dma_pool_alloc", FAIL_NULL, NULL, NULL, "dma_pool_free" },
	{ "pci_pool_alloc", FAIL_NULL, NULL, NULL, "dma_pool_free" },
	{ "dma_map_single", FAIL_TEST, "single", "dma_mapping_error",
	  "dma_unmap_single" },
	{ "dma_map_page", FAIL_TEST, "single", "dma_mapping_error",
	  "dma_unmap_page" },
	{ "dma_map_phys", FAIL_TEST, "phy", "dma_mapping_error",
	  "dma_unmap_phys" },
	{ "dma_map_resource", FAIL_TEST, "resource", "dma_mapping_error",
	  "dma_unmap_resource" },
	{ "skb_frag_dma_map", FAIL_TEST, "single", "dma_mapping_error",
	  "dma_unmap_page" },
	{ "dma_map_sg", FAIL_ZERO, "sg", NULL, "dma_unmap_sg" },
	{ "dma_map_sgtable", FAIL_NONZERO, "sg", NULL, "dma_unmap_sgtable" },
	{ "dma_iova_try_alloc", FAIL_ZERO, NULL, NULL, "dma_iova_free" },
	{ "usb_alloc_coherent", FAIL_NULL, NULL, NULL, "usb_free_coherent" },
	{ "hcd_buffer_alloc", FAIL_NULL, NULL, NULL, "hcd_buffer_free" },
	{ "hcd_buffer_alloc_pages", FAIL_NULL, NULL, NULL,
	  "hcd_buffer_free_pages" },
	{ "usb_gadget_map_request_by_dev", FAIL_NEGATIVE, NULL, NULL,
	  "usb_gadget_unmap_request" },
	{ "ib_dma_map_single", FAIL_TEST, "single", "ib_dma_mapping_error",
	  "ib_dma_unmap_single" },
	{ "ib_dma_map_page", FAIL_TEST, "single", "ib_dma_mapping_error",
	  "ib_dma_unmap_page" },
	{ "ib_dma_map_sg", FAIL_ZERO, "sg", NULL, "ib_dma_unmap_sg" },
	{ "ib_dma_map_sgtable_attrs", FAIL_NONZERO, "sg", NULL,
	  "ib_dma_unmap_sgtable_attrs" },
	{ "rdma_rw_ctx_init", FAIL_NEGATIVE, NULL, NULL,
	  "rdma_rw_ctx_destroy" },
	{ "snd_dma_alloc_pages", FAIL_NEGATIVE, NULL, NULL,
	  "snd_dma_free_pages" },
	{ "snd_devm_alloc_pages", FAIL_NULL, NULL, NULL, NULL },
	{ "dma_buf_attach", FAIL_ERR_PTR, NULL, NULL, "dma_buf_detach" },
	{ "dma_buf_map_attachment", FAIL_ERR_PTR, "dma-buf", NULL,
	  "dma_buf_unmap_attachment" },
	{ "scsi_dma_map", FAIL_NEGATIVE, NULL, NULL, "scsi_dma_unmap" },
	{ "blk_rq_dma_map_iter_start", FAIL_ZERO, NULL, NULL,
	  "blk_rq_dma_unmap" },
	{ "spi_map_buf", FAIL_NEGATIVE, NULL, NULL, "spi_unmap_buf" },
	{ "page_pool_create", FAIL_ERR_PTR, NULL, NULL, "page_pool_destroy" },
	{ "xsk_pool_dma_map", FAIL_NEGATIVE, NULL, NULL,
	  "xsk_pool_dma_unmap" },
	{ "virtqueue_dma_map_single_attrs", FAIL_TEST, "virtqueue",
	  "virtqueue_dma_mapping_error", "virtqueue_dma_unmap_single_attrs" },
	{ "pci_alloc_consistent", FAIL_NULL, "coherent", NULL,
	  "pci_free_consistent" },
	{ "pci_map_single", FAIL_TEST, "single", "pci_dma_mapping_error",
	  "pci_unmap_single" },
	{ "dma_alloc_nonconsistent", FAIL_NULL, NULL, NULL,
	  "dma_free_nonconsistent" },
};

static void check_name(const char *api, const char *is, const char *wanted)
{
	if (!is != !wanted || (is && strcmp(is, wanted)))
		fail_msg("%s(): \"%s\", not \"%s\"", api, is ? is : "-",
			 wanted ? wanted : "-");
}

static void every_family_of_the_model_is_there(void **state)
{
	const struct rules *r = *state;
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		const struct api *api = rules_api(r, families[i].api);

		if (!api || api->kind != API_ACQUIRE)
			fail_msg("%s() is no acquire", families[i].api);
		assert_int_equal(api->family->fail, families[i].fail);
		check_name(api->name, api->family->debug_type,
			   families[i].type);
		check_name(api->name, api->family->test, families[i].test);
		check_name(api->name, api->family->releases,
			   families[i].releases);
	}
}

static void what_is_special_about_families(void **state)
{
	const struct rules *r = *state;
	const struct family *f = rules_api(r, "dma_alloc_coherent")->family;

	assert_true(f->null_ok && f->implicit_dir);
	assert_false(f->managed || f->streaming);
	assert_int_equal(f->gfp_forbidden, 0x40007);
	f = rules_api(r, "dmam_alloc_coherent")->family;
	assert_true(f->managed);
	f = rules_api(r, "dma_map_single")->family;
	assert_true(f->streaming);
	assert_false(f->null_ok);
	assert_true(rules_api(r, "dma_pool_create")->family->null_ok);
	assert_false(rules_api(r, "dma_pool_alloc")->family->null_ok);
}

static void values_have_names(void **state)
{
	const struct rules *r = *state;
	struct arena *a = r->arena;

	assert_string_equal(rules_gfp_names(r, a, 0x40000), "__GFP_COMP");
	assert_string_equal(rules_gfp_names(r, a, 0x40001),
			    "__GFP_DMA | __GFP_COMP");
	assert_string_equal(rules_gfp_names(r, a, 0x44),
			    "__GFP_DMA32 | 0x40");
	assert_string_equal(rules_gfp_names(r, a, 0), "0");
	assert_string_equal(dir_name(0), "DMA_BIDIRECTIONAL");
	assert_string_equal(dir_name(2), "DMA_FROM_DEVICE");
	assert_null(dir_name(4));
	assert_null(dir_name(-1));
}

static const char *const classes[] = {
	"leak-error-path", "leak-lifecycle", "double-free",
	"use-after-free",
	"unchecked-mapping", "unchecked-alloc", "wrong-check",
	"size-mismatch", "device-mismatch", "direction-mismatch",
	"handle-mismatch", "api-mismatch", "nents-misuse",
	"release-of-failed", "devm-mixing", "bad-memory", "missing-map",
	"bad-gfp", "sync-misuse", "teardown-order",
	"missing-mask",
};

/* Rules that are named after what is wrong, by the class they are of. */
static const char *const others[][2] = {
	{ "dma-atomic-release", "context" },
	{ "dma-atomic-acquire", "context" },
	{ "dma-companion-leak", "companion" },
	{ "dma-companion-double-free", "companion" },
	{ "dma-devres-mapped", "leak-lifecycle" },
	{ "dma-segment-limit", "segment" },
	{ "dma-handle-as-physical", "handle-mismatch" },
};

static void check_rule(const struct rules *r, const char *id,
		       const char *class)
{
	const struct rule *rule = rules_rule(r, id);

	if (!rule)
		fail_msg("rule %s is missing", id);
	assert_string_equal(rule->class, class);
	assert_true(rule->cwe > 0);
	assert_non_null(strchr(rule->message, '{'));
	assert_true(strlen(rule->why) > 100);
	assert_string_not_equal(rule->bad, rule->good);
}

static void every_class_has_a_rule(void **state)
{
	const struct rules *r = *state;
	size_t n = sizeof(classes) / sizeof(classes[0]);
	size_t m = sizeof(others) / sizeof(others[0]);
	char id[64];
	size_t i;

	assert_int_equal(r->nrules, n + m);
	for (i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "dma-%s", classes[i]);
		check_rule(r, id, classes[i]);
	}
	for (i = 0; i < m; i++)
		check_rule(r, others[i][0], others[i][1]);
	assert_null(rules_rule(r, "dma-"));
	assert_string_equal(r->path, "built-in");
	assert_int_equal(strspn(r->hash, "0123456789abcdef"), 16);
}

static void names_are_there_once(void **state)
{
	const struct rules *r = *state;
	unsigned int i;

	for (i = 0; i < r->napis; i++)
		if (rules_api(r, r->api[i].name) != &r->api[i])
			fail_msg("%s() is there twice", r->api[i].name);
	assert_true(r->napis > 1000);
}

static void entries_are_found(void **state)
{
	const struct rules *r = *state;

	assert_true(rules_is_entry(r, "pci_driver", "probe"));
	assert_true(rules_is_entry(r, "net_device_ops", "ndo_open"));
	assert_false(rules_is_entry(r, "pci_driver", "remove"));
	assert_false(rules_is_entry(r, "snd_pcm_ops", "hw_params"));
	assert_false(rules_is_entry(r, "tty_operations", "open"));
}

static void callbacks_have_their_parts(void **state)
{
	const struct rules *r = *state;
	const struct lifecycle *open, *stop, *probe, *poll;

	open = rules_lifecycle(r, "net_device_ops", "ndo_open");
	stop = rules_lifecycle(r, "net_device_ops", "ndo_stop");
	probe = rules_lifecycle(r, "pci_driver", "probe");
	poll = rules_lifecycle(r, "netif_napi_add", "-");
	assert_non_null(open);
	assert_non_null(stop);
	assert_non_null(probe);
	assert_non_null(poll);
	assert_int_equal(open->part, PART_BEGIN);
	assert_int_equal(stop->part, PART_END);
	assert_int_equal(poll->part, PART_DURING);
	assert_int_equal(open->depth, stop->depth);
	assert_true(probe->depth < open->depth);
	assert_true(open->repeats && !probe->repeats);
	assert_string_equal(r->level[probe->depth], "bind");
	assert_null(rules_lifecycle(r, "net_device_ops", "ndo_get_stats"));
}

static void words_have_names(void **state)
{
	(void)state;
	assert_string_equal(role_name(ROLE_HANDLE_OUT), "&handle");
	assert_string_equal(role_name(ROLE_MAX), "?");
	assert_string_equal(confidence_name(CONF_HIGH), "high");
	assert_int_equal(confidence_from_name("medium"), CONF_MEDIUM);
	assert_int_equal(confidence_from_name("certain"), -1);
	rules_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_are_those_of_the_model),
		cmocka_unit_test(the_rest_of_the_roles_is_where_it_belongs),
		cmocka_unit_test(every_family_of_the_model_is_there),
		cmocka_unit_test(what_is_special_about_families),
		cmocka_unit_test(values_have_names),
		cmocka_unit_test(every_class_has_a_rule),
		cmocka_unit_test(names_are_there_once),
		cmocka_unit_test(entries_are_found),
		cmocka_unit_test(callbacks_have_their_parts),
		cmocka_unit_test(words_have_names),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
