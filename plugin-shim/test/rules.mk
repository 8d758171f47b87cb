# Tests of the core, a host without a format that other tests drive, and `check`, which runs all. Part of ../Makefile, which
# defines CC, CPPFLAGS, ALL_CFLAGS, BUILD, SANITIZE and CORE_SOURCES; after the rules of the formats, whose plugins are checked
# as well.
TEST = $(BUILD)/test
TEST_CORE = $(patsubst core/%.c,$(TEST)/core/%.o,$(CORE_SOURCES))
TEST_HEADERS = $(wildcard test/core_*.h) test/fake_engine.h
TEST_RIG = test/core_check.c test/core_rig.c test/fake_engine.c
CORE_TEST_SOURCES = $(sort $(wildcard test/core_*.c)) test/fake_engine.c
# The clock of most tests is one that they turn.
FAKE_CLOCK = -Wl,--wrap=clock_gettime,--wrap=nanosleep
LINK = $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -o $@ $(filter-out %.h,$^) -lm $(LDFLAGS)

$(TEST)/core/%.o: core/%.c $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(TEST)/script_host: test/script_host.c $(TEST_CORE)
	$(LINK)

$(TEST)/core_test: $(CORE_TEST_SOURCES) $(TEST_CORE) $(TEST_HEADERS)
	$(LINK) $(FAKE_CLOCK)

$(TEST)/fuzz_ring: test/fuzz_ring.c test/core_clock.c $(TEST_RIG) $(TEST_CORE) $(TEST_HEADERS)
	$(LINK) $(FAKE_CLOCK)

$(TEST)/fuzz_state: test/fuzz_state.c test/core_check.c test/core_clock.c $(TEST_CORE) $(TEST_HEADERS)
	$(LINK) $(FAKE_CLOCK)

$(TEST)/cost: test/cost.c test/core_check.c test/fake_engine.c $(TEST_CORE) $(TEST_HEADERS)
	$(LINK)

TEST_PROGRAMS += $(addprefix $(TEST)/,script_host core_test fuzz_ring fuzz_state cost)

# Plugins whose audio thread is watched, for any host: see rt_guard.c. Not together with sanitizers, which allocate and look after
# memory themselves.
ifeq ($(SANITIZE),)
GUARD = $(TEST)/librt_guard.so
GUARDED = $(TEST)/guarded
GUARDED_CORE = $(patsubst core/%.c,$(GUARDED)/core/%.o,$(CORE_SOURCES))
WITH_GUARD = -L$(TEST) -lrt_guard -Wl,-rpath,'$$ORIGIN'
GUARDED_PLUGINS =

$(GUARD): test/rt_guard.c test/rt_guard.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -fno-builtin -shared -o $@ $< -ldl $(LDFLAGS)

$(GUARDED)/core/%.o: core/%.c $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -DIDIOM_RT_GUARD $(ALL_CFLAGS) -c -o $@ $<

$(TEST)/core_test_guarded: $(CORE_TEST_SOURCES) $(GUARDED_CORE) $(TEST_HEADERS) | $(GUARD)
	$(LINK) $(FAKE_CLOCK) $(WITH_GUARD)

$(TEST)/rt_guard_test: test/rt_guard_test.c test/core_check.c $(GUARDED_CORE) $(TEST_HEADERS) test/rt_guard.h | $(GUARD)
	$(LINK) $(WITH_GUARD)

$(TEST)/rt_seccomp: test/rt_seccomp.c $(TEST_RIG) $(TEST_CORE) $(TEST_HEADERS)
	$(LINK)

TEST_PROGRAMS += $(GUARD) $(addprefix $(TEST)/,core_test_guarded rt_guard_test rt_seccomp)

ifneq ($(CLAP_SOURCES),)
GUARDED_PLUGINS += $(GUARDED)/Idiom.clap
$(GUARDED)/Idiom.clap: $(CLAP_SOURCES) $(GUARDED_CORE) $(CLAP_HEADERS)
	$(LINK) -DIDIOM_RT_GUARD -Iclap -shared
endif

ifneq ($(LV2_SOURCES),)
GUARDED_PLUGINS += $(GUARDED)/Idiom.lv2/Idiom.so
$(GUARDED)/Idiom.lv2/Idiom.so: $(LV2_SOURCES) $(GUARDED_CORE) $(LV2_HEADERS) $(LV2_TURTLE)
	@mkdir -p $(@D)
	cp $(LV2_TURTLE) $(@D)
	$(CC) $(CPPFLAGS) -DIDIOM_RT_GUARD $(ALL_CFLAGS) -shared -o $@ $(filter %.c %.o,$^) -lm $(LDFLAGS)
endif

TEST_PROGRAMS += $(GUARDED_PLUGINS)
endif

# Runs everything that tests the plugins, and stops at the first that fails.
.PHONY: check
check: check-programs
	$(TEST)/core_test vectors/protocol-1.txt
	$(TEST)/fuzz_ring
	$(TEST)/fuzz_state
ifneq ($(CLAP_SOURCES),)
	$(TEST)/abi_test
	$(TEST)/clap_host $(BUILD)/Idiom.clap
endif
ifneq ($(LV2_SOURCES),)
	$(TEST)/lv2_host $(LV2_BUNDLE)/Idiom.so
endif
ifeq ($(SANITIZE),)
	$(TEST)/rt_guard_test
	$(TEST)/rt_seccomp
	$(TEST)/core_test_guarded vectors/protocol-1.txt
ifneq ($(CLAP_SOURCES),)
	LD_PRELOAD=$(abspath $(GUARD)) $(TEST)/clap_host $(GUARDED)/Idiom.clap
endif
ifneq ($(LV2_SOURCES),)
	LD_PRELOAD=$(abspath $(GUARD)) $(TEST)/lv2_host $(GUARDED)/Idiom.lv2/Idiom.so
endif
	$(TEST)/cost 20000
endif
