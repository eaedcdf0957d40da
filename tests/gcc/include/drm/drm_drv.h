/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_DRM_DRM_DRV_H
#define SIM_DRM_DRM_DRV_H

#include <linux/scatterlist.h>

struct dma_buf_attachment;
struct drm_device;
struct drm_gem_object;

struct drm_driver {
	struct drm_gem_object *(*gem_prime_import_sg_table)(
		struct drm_device *dev, struct dma_buf_attachment *attach,
		struct sg_table *sgt);
	const char *name;
};

struct drm_gem_object *drm_gem_dma_prime_import_sg_table(
	struct drm_device *dev, struct dma_buf_attachment *attach,
	struct sg_table *sgt);
int drm_dev_register_of(struct device *parent, const struct drm_driver *drv);

#endif
