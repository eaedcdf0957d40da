// SPDX-License-Identifier: GPL-2.0-or-later
/* DMA is done by the device that a bus gave, not by one made for sysfs. */
#include <linux/dma-mapping.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

struct fb_info {
	struct device *device;
	struct device *dev;
	void *screen_base;
};

struct engine {
	struct device dev;
	struct device masked;
	struct device *class_dev;
	struct device *dma_dev;
	void *ring;
	dma_addr_t dma;
};

struct device *device_create(void *class, struct device *parent, int devt,
			     void *data, const char *fmt, ...);
int device_register(struct device *dev);

int map_for_netdev_bad(struct net_device *ndev, void *buf)
{
	/* dma-device-mismatch: high */
	dma_addr_t dma = dma_map_single(&ndev->dev, buf, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(&ndev->dev, dma))
		return -ENOMEM;
	dma_unmap_single(&ndev->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int map_for_parent_ok(struct net_device *ndev, void *buf)
{
	dma_addr_t dma = dma_map_single(ndev->dev.parent, buf, 64,
					DMA_TO_DEVICE);

	if (dma_mapping_error(ndev->dev.parent, dma))
		return -ENOMEM;
	dma_unmap_single(ndev->dev.parent, dma, 64, DMA_TO_DEVICE);
	return 0;
}

/* fb_info.dev is what register_framebuffer() makes, .device the real one. */
int screen_bad(struct fb_info *info, dma_addr_t *dma)
{
	info->screen_base = dma_alloc_wc(info->dev, 4096, dma, GFP_KERNEL);
	return info->screen_base ? 0 : -ENOMEM;
}

void screen_free_bad(struct fb_info *info, dma_addr_t dma)
{
	dma_free_wc(info->dev, 4096, info->screen_base, dma);
}

int screen_ok(struct fb_info *info, dma_addr_t *dma)
{
	info->screen_base = dma_alloc_wc(info->device, 4096, dma, GFP_KERNEL);
	return info->screen_base ? 0 : -ENOMEM;
}

static void *get_ring(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, 4096, dma, GFP_KERNEL);
}

int through_helper_bad(struct net_device *ndev, struct engine *e)
{
	e->ring = get_ring(&ndev->dev, &e->dma);
	return e->ring ? 0 : -ENOMEM;
}

int through_helper_ok(struct platform_device *pdev, struct engine *e)
{
	e->ring = get_ring(&pdev->dev, &e->dma);
	return e->ring ? 0 : -ENOMEM;
}

int created_bad(struct engine *e, void *class)
{
	struct device *dev = device_create(class, NULL, 0, e, "engine");

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	e->ring = dma_alloc_coherent(dev, 4096, &e->dma, GFP_KERNEL);
	return e->ring ? 0 : -ENOMEM;
}

int engine_register(struct engine *e);
int engine_register(struct engine *e)
{
	int err = device_register(&e->dev);

	return err ? err : device_register(&e->masked);
}

int own_device_bad(struct engine *e)
{
	e->ring = dma_alloc_coherent(&e->dev, 4096, &e->dma, GFP_KERNEL);
	return e->ring ? 0 : -ENOMEM;
}

int engine_set_mask(struct engine *e);
int engine_set_mask(struct engine *e)
{
	return dma_coerce_mask_and_coherent(&e->masked, DMA_BIT_MASK(64));
}

/* The driver gave it a mask. */
int own_masked_ok(struct engine *e)
{
	e->ring = dma_alloc_coherent(&e->masked, 4096, &e->dma, GFP_KERNEL);
	return e->ring ? 0 : -ENOMEM;
}

void engine_init(struct engine *e, struct net_device *ndev,
		 struct platform_device *pdev);
void engine_init(struct engine *e, struct net_device *ndev,
		 struct platform_device *pdev)
{
	e->class_dev = &ndev->dev;
	e->dma_dev = &pdev->dev;
}

/* A pointer that only ever leads to a device of a class. */
int kept_pointer_bad(struct engine *e)
{
	e->ring = dma_alloc_coherent(e->class_dev, 4096, &e->dma, GFP_KERNEL);
	return e->ring ? 0 : -ENOMEM;
}

int kept_pointer_ok(struct engine *e)
{
	e->ring = dma_alloc_coherent(e->dma_dev, 4096, &e->dma, GFP_KERNEL);
	return e->ring ? 0 : -ENOMEM;
}
