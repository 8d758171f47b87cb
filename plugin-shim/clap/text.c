#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void idiom_clap_text_write(
        char *text, size_t room, double value, unsigned decimals, bool shows_plus, const char *after) {
    long scale = 1;
    for (unsigned i = 0; i < decimals; i++) {
        scale *= 10;
    }
    long scaled = lround(fabs(value) * (double)scale);
    /* As few decimals as say the same. */
    while (decimals > 0 && scaled % 10 == 0) {
        scaled /= 10;
        scale /= 10;
        decimals--;
    }
    const char *sign = scaled == 0 ? "" : value < 0 ? "-" : shows_plus ? "+" : "";
    if (decimals == 0) {
        snprintf(text, room, "%s%ld%s", sign, scaled, after);
    } else {
        snprintf(text, room, "%s%ld.%0*ld%s", sign, scaled / scale, (int)decimals, scaled % scale, after);
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_spaces(const char *text) {
    while (is_space(*text)) {
        text++;
    }
    return text;
}

/* Reads digits as a whole number and tells what one more digit would weigh less. */
static const char *read_digits(const char *text, double *number, double *weight) {
    *number = 0;
    *weight = 1;
    for (; is_digit(*text); text++) {
        *number = *number * 10 + (*text - '0');
        *weight *= 10;
    }
    return text;
}

bool idiom_clap_text_read(const char *text, double *value) {
    const char *at = skip_spaces(text);
    bool is_negative = *at == '-';
    at += *at == '-' || *at == '+';
    const char *first = at;
    double whole;
    double fraction = 0;
    double weight;
    at = read_digits(at, &whole, &weight);
    bool has_digits = at != first;
    weight = 1;
    if (*at == '.' || *at == ',') {
        const char *decimals = at + 1;
        at = read_digits(decimals, &fraction, &weight);
        has_digits = has_digits || at != decimals;
    }
    at = skip_spaces(at);
    at = skip_spaces(at + (*at == '%'));
    double number = whole + fraction / weight;
    if (!has_digits || (*at != '\0' && *at != '(') || !isfinite(number)) {
        return false;
    }
    *value = is_negative ? -number : number;
    return true;
}

static char small(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t length_without_spaces(const char *text) {
    size_t length = strlen(text);
    while (length > 0 && is_space(text[length - 1])) {
        length--;
    }
    return length;
}

bool idiom_clap_text_equals(const char *one, const char *other) {
    const char *first = skip_spaces(one);
    const char *second = skip_spaces(other);
    size_t length = length_without_spaces(first);
    if (length != length_without_spaces(second)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (small(first[i]) != small(second[i])) {
            return false;
        }
    }
    return true;
}
