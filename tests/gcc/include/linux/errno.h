/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_ERRNO_H
#define SIM_LINUX_ERRNO_H

#define EPERM		1
#define ENOENT		2
#define EIO		5
#define EAGAIN		11
#define ENOMEM		12
#define EFAULT		14
#define EBUSY		16
#define ENODEV		19
#define EINVAL		22
#define ENOSPC		28
#define EPROTO		71
#define EOVERFLOW	75
#define ENETDOWN	100
#define ENOBUFS		105
#define ESHUTDOWN	108
#define ETIMEDOUT	110
#define EINPROGRESS	115
#define EREMOTEIO	121
#define EPROBE_DEFER	517

#endif
