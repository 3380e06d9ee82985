// Requests of ioctl(2), with Linux's numbers.

export const tcgets = 0x5401;
export const tcsets = 0x5402;
export const tcsetsw = 0x5403;
export const tcsetsf = 0x5404;
export const tcsbrk = 0x5409;
export const tcxonc = 0x540a;
export const tcflsh = 0x540b;
export const tiocsctty = 0x540e;
export const tiocgpgrp = 0x540f;
export const tiocspgrp = 0x5410;
export const tiocoutq = 0x5411;
export const tiocgwinsz = 0x5413;
export const tiocswinsz = 0x5414;
export const fionread = 0x541b;
export const tiocnotty = 0x5422;
export const tcsbrkp = 0x5425;
export const tiocgsid = 0x5429;
export const tiocgptn = 0x8004_5430;
export const tiocsptlck = 0x4004_5431;
export const tiocgptlck = 0x8004_5439;
export const siocatmark = 0x8905;
export const fionbio = 0x5421;
export const fioasync = 0x5452;
export const fionclex = 0x5450;
export const fioclex = 0x5451;
