// Requests of ioctl(2), with Linux's numbers.

export const tcgets = 0x5401;
export const tcsets = 0x5402;
export const tcsetsw = 0x5403;
export const tcsetsf = 0x5404;
export const tiocgpgrp = 0x540f;
export const tiocspgrp = 0x5410;
export const tiocoutq = 0x5411;
export const tiocgwinsz = 0x5413;
export const fionread = 0x541b;
export const siocatmark = 0x8905;
export const fionbio = 0x5421;
export const fioasync = 0x5452;
export const fionclex = 0x5450;
export const fioclex = 0x5451;
