/* Lists of packets: how they lie in memory, and what may be in them. */
#include "fake.h"

bool fake_is_aligned = true;

/* Whether packets begin at multiples of 4, as on Apple's own processors, or where the one before ends, as on Intel's. */
EXPORT void fake_align(int is_aligned) {
    pthread_mutex_lock(&fake_lock);
    fake_is_aligned = is_aligned != 0;
    pthread_mutex_unlock(&fake_lock);
}

const MIDIPacket *packet_after(const MIDIPacket *packet) {
    uintptr_t end = (uintptr_t)packet + offsetof(MIDIPacket, data) + packet->length;
    return (const MIDIPacket *)(fake_is_aligned ? (end + 3) & ~(uintptr_t)3 : end);
}

static int length_of(uint8_t status) {
    static const int channel[] = {3, 3, 3, 3, 2, 2, 3};
    static const int system[] = {0, 2, 3, 2, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    return status < 0x80 ? 0 : status < 0xF0 ? channel[(status >> 4) - 8] : system[status & 0x0F];
}

/* Whole messages without running status, or a single one of system exclusive, or a piece of one. */
static bool is_valid(const MIDIPacket *packet, bool *is_in_sysex) {
    int at = 0;
    if (packet->data[0] == 0xF0 || (packet->data[0] < 0x80 && *is_in_sysex)) {
        for (at = packet->data[0] == 0xF0; at < packet->length && packet->data[at] < 0x80; at++) {
        }
        *is_in_sysex = at == packet->length;
        return *is_in_sysex || (packet->data[at] == 0xF7 && at + 1 == packet->length);
    }
    while (at < packet->length) {
        int length = length_of(packet->data[at]);
        if (length == 0 || at + length > packet->length) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (packet->data[at + i] >= 0x80) {
                return false;
            }
        }
        at += length;
    }
    return at > 0;
}

void check_list(const MIDIPacketList *list, const char *function) {
    const MIDIPacket *packet = &list->packet[0];
    MIDITimeStamp last = 0;
    bool is_in_sysex = false;
    for (uint32_t i = 0; i < list->numPackets; i++) {
        if (packet->timeStamp < last) {
            misuse(function, -1);
        }
        if (!is_valid(packet, &is_in_sysex)) {
            misuse(function, packet->data[0]);
        }
        last = packet->timeStamp;
        packet = packet_after(packet);
    }
    if (list->numPackets == 0 || (uintptr_t)packet - (uintptr_t)list > 65536) {
        misuse(function, list->numPackets);
    }
}
