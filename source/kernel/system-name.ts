// What uname(2) and /proc/version call this system.

export const systemRelease = '6.1.0-ipctop';
export const systemVersion = '#1 SMP ipctop';
