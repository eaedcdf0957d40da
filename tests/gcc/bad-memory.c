// SPDX-License-Identifier: GPL-2.0-or-later
/* Only memory of the page allocator, kmalloc and the slabs can be mapped. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/skbuff.h>
#include <linux/spi/spi.h>
#include <linux/usb.h>

struct header {
	__le32 magic, len;
};

struct priv {
	struct device *dev;
	void *regs;
	u8 *buf;
	phys_addr_t phys;
	u8 embedded[64];
	dma_addr_t dma;
	struct usb_device *udev;
	struct spi_device *spi;
};

static u8 table[64];
static const u8 constants[64] = { 1, 2, 3 };
static u8 *pointer;

int work(struct priv *p);

int stack_array_bad(struct priv *p)
{
	u8 buf[16] = { 0 };
	/* dma-bad-memory: high */
	dma_addr_t dma = dma_map_single(p->dev, buf, 16, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, 16, DMA_TO_DEVICE);
	return 0;
}

int stack_struct_bad(struct priv *p)
{
	struct header h = { .magic = 1 };
	dma_addr_t dma;

	dma = dma_map_single(p->dev, &h, sizeof(h), DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, sizeof(h), DMA_TO_DEVICE);
	return 0;
}

int heap_ok(struct priv *p)
{
	struct header *h = kzalloc(sizeof(*h), GFP_KERNEL);
	dma_addr_t dma;

	if (!h)
		return -ENOMEM;
	dma = dma_map_single(p->dev, h, sizeof(*h), DMA_TO_DEVICE);
	if (!dma_mapping_error(p->dev, dma)) {
		work(p);
		dma_unmap_single(p->dev, dma, sizeof(*h), DMA_TO_DEVICE);
	}
	kfree(h);
	return 0;
}

int parameter_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int vmalloc_bad(struct priv *p, size_t len)
{
	void *buf = vmalloc(len);
	dma_addr_t dma;
	int ret = -ENOMEM;

	if (!buf)
		return ret;
	dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		goto out;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
out:
	vfree(buf);
	return ret;
}

/* Page by page is how vmalloc memory can be mapped. */
int vmalloc_pages_ok(struct priv *p, size_t len)
{
	void *buf = vmalloc(len);
	dma_addr_t dma;
	int ret = -ENOMEM;

	if (!buf)
		return ret;
	dma = dma_map_page(p->dev, vmalloc_to_page(buf), 0, PAGE_SIZE,
			   DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		goto out;
	ret = work(p);
	dma_unmap_page(p->dev, dma, PAGE_SIZE, DMA_TO_DEVICE);
out:
	vfree(buf);
	return ret;
}

int static_bad(struct priv *p)
{
	dma_addr_t dma = dma_map_single(p->dev, table, sizeof(table),
					DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, sizeof(table), DMA_FROM_DEVICE);
	return 0;
}

int const_bad(struct priv *p)
{
	dma_addr_t dma = dma_map_single(p->dev, (void *)constants,
					sizeof(constants), DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, sizeof(constants), DMA_TO_DEVICE);
	return 0;
}

int static_pointer_ok(struct priv *p)
{
	dma_addr_t dma = dma_map_single(p->dev, pointer, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

void set_pointer(u8 *to)
{
	pointer = to;
}

int copied_table_ok(struct priv *p)
{
	u8 *copy = kmemdup(constants, sizeof(constants), GFP_KERNEL);
	dma_addr_t dma;

	if (!copy)
		return -ENOMEM;
	dma = dma_map_single(p->dev, copy, sizeof(constants), DMA_TO_DEVICE);
	if (!dma_mapping_error(p->dev, dma)) {
		work(p);
		dma_unmap_single(p->dev, dma, sizeof(constants),
				 DMA_TO_DEVICE);
	}
	kfree(copy);
	return 0;
}

int coherent_bad(struct priv *p)
{
	dma_addr_t dma, again;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int ret = -ENOMEM;

	if (!cpu)
		return ret;
	again = dma_map_single(p->dev, cpu, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, again))
		goto out;
	ret = work(p);
	dma_unmap_single(p->dev, again, 64, DMA_TO_DEVICE);
out:
	dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}

int FN_coherent_page_bad(struct priv *p)
{
	dma_addr_t dma, again;
	void *cpu = dma_alloc_coherent(p->dev, 4096, &dma, GFP_KERNEL);
	int ret = -ENOMEM;

	if (!cpu)
		return ret;
	again = dma_map_page(p->dev, virt_to_page(cpu), 0, 4096,
			     DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, again))
		goto out;
	ret = work(p);
	dma_unmap_page(p->dev, again, 4096, DMA_TO_DEVICE);
out:
	dma_free_coherent(p->dev, 4096, cpu, dma);
	return ret;
}

/* Coherent memory need not have the physical address that this yields. */
int coherent_phys_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	p->phys = virt_to_phys(cpu);
	work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int coherent_copied_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int ret;

	if (!cpu)
		return -ENOMEM;
	memcpy(cpu, constants, 64);
	writel(lower_32_bits(dma), p->regs);
	ret = work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}

int page_address_ok(struct priv *p)
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t dma;

	if (!page)
		return -ENOMEM;
	dma = dma_map_single(p->dev, page_address(page), PAGE_SIZE,
			     DMA_TO_DEVICE);
	if (!dma_mapping_error(p->dev, dma)) {
		work(p);
		dma_unmap_single(p->dev, dma, PAGE_SIZE, DMA_TO_DEVICE);
	}
	__free_page(page);
	return 0;
}

int ioremap_bad(struct priv *p)
{
	void *io = ioremap(0x1000, 0x100);
	dma_addr_t dma;
	int ret = -ENOMEM;

	if (!io)
		return ret;
	dma = dma_map_single(p->dev, io, 0x100, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		goto out;
	ret = work(p);
	dma_unmap_single(p->dev, dma, 0x100, DMA_TO_DEVICE);
out:
	iounmap(io);
	return ret;
}

int stack_sg_bad(struct priv *p)
{
	struct scatterlist sg;
	u8 buf[32] = { 0 };

	sg_init_one(&sg, buf, sizeof(buf));
	if (!dma_map_sg(p->dev, &sg, 1, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, &sg, 1, DMA_TO_DEVICE);
	return 0;
}

/* A scatterlist itself may lie on the stack; what it lists may not. */
int stack_list_of_heap_ok(struct priv *p)
{
	struct scatterlist sg;

	sg_init_one(&sg, p->buf, 32);
	if (!dma_map_sg(p->dev, &sg, 1, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, &sg, 1, DMA_TO_DEVICE);
	return 0;
}

int usb_control_stack_bad(struct priv *p)
{
	__le16 value;
	int ret;

	ret = usb_control_msg(p->udev, usb_rcvctrlpipe(p->udev, 0), 6, 0x80,
			      0, 0, &value, sizeof(value), 1000);
	if (ret < 0)
		return ret;
	return le16_to_cpu(value);
}

int usb_control_heap_ok(struct priv *p)
{
	__le16 *value = kmalloc(sizeof(*value), GFP_KERNEL);
	int ret;

	if (!value)
		return -ENOMEM;
	ret = usb_control_msg(p->udev, usb_rcvctrlpipe(p->udev, 0), 6, 0x80,
			      0, 0, value, sizeof(*value), 1000);
	if (ret >= 0)
		ret = le16_to_cpu(*value);
	kfree(value);
	return ret;
}

int usb_control_no_data_ok(struct priv *p)
{
	return usb_control_msg(p->udev, usb_sndctrlpipe(p->udev, 0), 6, 0,
			       0, 0, NULL, 0, 1000);
}

/* The length that came back is written by the CPU: it may be on the stack. */
int usb_bulk_actual_ok(struct priv *p)
{
	int actual, ret;

	ret = usb_bulk_msg(p->udev, usb_sndbulkpipe(p->udev, 1), p->buf, 64,
			   &actual, 1000);
	return ret ? ret : actual;
}

int usb_bulk_static_bad(struct priv *p)
{
	int actual;

	return usb_bulk_msg(p->udev, usb_sndbulkpipe(p->udev, 1), table, 64,
			    &actual, 1000);
}

int spi_stack_bad(struct priv *p)
{
	u8 status;
	int ret = spi_read(p->spi, &status, 1);

	return ret ? ret : status;
}

/* So common that the SPI core copes: of low confidence. */
int spi_stack_out_ok(struct priv *p)
{
	u8 cmd[2] = { 1, 2 };

	return spi_write(p->spi, cmd, sizeof(cmd));
}

int spi_heap_ok(struct priv *p)
{
	p->buf[0] = 1;
	return spi_write(p->spi, p->buf, 1);
}

int skb_data_ok(struct priv *p, struct sk_buff *skb)
{
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, skb->len, DMA_TO_DEVICE);
	return 0;
}

int pointer_on_stack_ok(struct priv *p)
{
	struct { u8 *data; size_t len; } view = { p->buf, 64 };
	dma_addr_t dma;

	dma = dma_map_single(p->dev, view.data, view.len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, view.len, DMA_TO_DEVICE);
	return 0;
}
