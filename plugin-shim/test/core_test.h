/* What is tested of the core, a file for each concept. */
#ifndef CORE_TEST_H
#define CORE_TEST_H

void test_ring(void);
void test_due(void);
void test_sounding(void);
void test_midi(void);
void test_engine(void);
void test_passing(void);
void test_bypass(void);
void test_modulation(void);
void test_answers(void);
void test_jumps(void);
void test_routes(void);
void test_overture(void);
void test_rendering(void);
void test_state(void);
void test_presets(void);
void test_shared_file(void);
void test_keeper(void);
void test_vectors(const char *path);
void test_soak(unsigned rounds);
void test_threads(void);

#endif
