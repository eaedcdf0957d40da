/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_CLEANUP_H
#define SIM_LINUX_CLEANUP_H

#define DEFINE_FREE(_name, _type, _free)				\
	static inline void __free_##_name(void *p)			\
	{								\
		_type _T = *(_type *)p;					\
									\
		_free;							\
	}
#define __free(_name)	__attribute__((cleanup(__free_##_name)))
#define no_free_ptr(p) ({						\
	__typeof__(p) __ptr = (p);					\
									\
	(p) = NULL;							\
	__ptr;								\
})
#define return_ptr(p)	return no_free_ptr(p)

#endif
