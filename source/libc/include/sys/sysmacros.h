#ifndef _SYS_SYSMACROS_H
#define _SYS_SYSMACROS_H

#define major(dev) ((unsigned int)((((dev) >> 8) & 0xfff) | (((dev) >> 32) & 0xfffff000)))
#define minor(dev) ((unsigned int)(((dev) & 0xff) | (((dev) >> 12) & 0xffffff00)))
#define makedev(major, minor) \
	((((major) & 0xfffUL) << 8) | (((major) & 0xfffff000UL) << 32) | ((minor) & 0xffUL) | (((minor) & 0xffffff00UL) << 12))

#endif
