# Tests of the core, and a host without a format that other tests drive.
$(BUILD)/test/script_host: test/script_host.c $(CORE_SOURCES) $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -o $@ test/script_host.c $(CORE_SOURCES) -lm $(LDFLAGS)

TEST_PROGRAMS += $(BUILD)/test/script_host
