/*
 * Tests the core without a format: `core_test VECTORS [ROUNDS [SEED]]`, where VECTORS is vectors/protocol-1.txt and ROUNDS how
 * long the soak takes. The engine is one that the tests play themselves, and the clock one that they turn.
 */
#include "core_test.h"

#include <stdio.h>
#include <stdlib.h>

#include "core_check.h"

int main(int count, char **arguments) {
    if (count < 2) {
        fputs("usage: core_test VECTORS [ROUNDS [SEED]]\n", stderr);
        return 2;
    }
    folders_begin();
    random_begin(count > 3 ? strtoull(arguments[3], NULL, 10) : 1);
    test_ring();
    test_due();
    test_sounding();
    test_midi();
    test_engine();
    test_passing();
    test_bypass();
    test_modulation();
    test_answers();
    test_jumps();
    test_routes();
    test_overture();
    test_rendering();
    test_state();
    test_presets();
    test_shared_file();
    test_keeper();
    test_vectors(arguments[1]);
    test_threads();
    test_soak(count > 2 ? (unsigned)atoi(arguments[2]) : 1000);
    folders_end();
    return checks_end("core_test");
}
