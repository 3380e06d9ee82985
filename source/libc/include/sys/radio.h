/* /dev/radio: a half-duplex radio for lessons. All hosts of a scenario share the air. Every open file is a station; those on
   one channel hear who talks, and one talks at a time (push to talk).

   ioctl(fd, RADIO_TALK)               presses the button. Waits until nobody else talks on the channel; with O_NONBLOCK it
                                       fails with EBUSY.
   ioctl(fd, RADIO_LISTEN)             lets the button go.
   ioctl(fd, RADIO_TALKER, int *pid)   tells the pid of who talks, 0 for nobody.
   ioctl(fd, RADIO_CHANNEL, int *n)    tunes to channel 1 to 16; a new station is on channel 1.

   write() sends at most 4096 bytes to all other stations of the channel; without the button it is pressed for this one write.
   read() waits for a transmission; it fails with EBUSY while the station itself talks. A station that has 4096 bytes unread
   misses what comes. poll(): POLLIN when something was heard, POLLOUT when the channel is free or one's own. */
#ifndef _SYS_RADIO_H
#define _SYS_RADIO_H

#include <sys/ioctl.h>

#define RADIO_TALK 0x7201
#define RADIO_LISTEN 0x7202
#define RADIO_TALKER 0x7203
#define RADIO_CHANNEL 0x7204

#endif
