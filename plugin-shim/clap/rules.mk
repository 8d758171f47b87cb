# The CLAP plugin and what tests it. Part of ../Makefile, which defines CC, CPPFLAGS, ALL_CFLAGS, BUILD and CORE_SOURCES.

CLAP_SOURCES = $(filter-out clap/abi_test.c,$(sort $(wildcard clap/*.c)))
CLAP_HEADERS = $(wildcard clap/*.h)
CLAP_HOST_SOURCES = $(sort $(wildcard test/clap_host*.c))

PLUGINS += $(BUILD)/Idiom.clap
TEST_PROGRAMS += $(BUILD)/test/abi_test $(BUILD)/test/clap_host

$(BUILD)/Idiom.clap: $(CLAP_SOURCES) $(CORE_SOURCES) $(CLAP_HEADERS) $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Iclap $(ALL_CFLAGS) -shared $(LDFLAGS) -o $@ $(CLAP_SOURCES) $(CORE_SOURCES) -lm

$(BUILD)/test/abi_test: clap/abi_test.c clap/clap_abi.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Iclap $(ALL_CFLAGS) $(LDFLAGS) -o $@ clap/abi_test.c

$(BUILD)/test/clap_host: $(CLAP_HOST_SOURCES) test/clap_host.h $(CLAP_HEADERS) $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Iclap $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(CLAP_HOST_SOURCES) -ldl -lm
