# The LV2 plugin, what describes it, and its test. Left out where the headers are missing.
ifeq ($(shell printf '\043include <lv2/core/lv2.h>\n\043include <lv2/state/state.h>\n' | $(CC) $(CPPFLAGS) -E -x c - >/dev/null 2>&1 && echo yes),yes)

LV2_BUNDLE = $(BUILD)/Idiom.lv2
LV2_SOURCES = lv2/atoms.c lv2/plugin.c lv2/position.c lv2/run.c lv2/uris.c
LV2_HEADERS = $(wildcard lv2/*.h)
LV2_TURTLE = $(addprefix $(LV2_BUNDLE)/,manifest.ttl idiom.ttl presets.ttl)

PLUGINS += $(LV2_BUNDLE)/Idiom.so $(LV2_TURTLE)
TEST_PROGRAMS += $(BUILD)/test/lv2_host

$(LV2_BUNDLE)/Idiom.so: $(LV2_SOURCES) $(LV2_HEADERS) $(CORE_SOURCES) $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -shared -o $@ $(LV2_SOURCES) $(CORE_SOURCES) -lm

$(BUILD)/idiom_turtle: lv2/turtle.c lv2/ports.h $(CORE_SOURCES) $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ lv2/turtle.c $(CORE_SOURCES) -lm

# One run writes all three. A list of presets that changed is not seen here: `idiom plugin install` runs it again.
$(wordlist 2,3,$(LV2_TURTLE)): $(firstword $(LV2_TURTLE)) ;
$(firstword $(LV2_TURTLE)): $(BUILD)/idiom_turtle
	@mkdir -p $(@D)
	$(BUILD)/idiom_turtle $(LV2_BUNDLE)

# Needs lv2_validate (lv2-dev) and sord_validate (sordi).
.PHONY: lv2-validate
lv2-validate: $(LV2_TURTLE)
	lv2_validate $(LV2_TURTLE)

# The parts that need no core are tested without one, too.
$(BUILD)/test/lv2_host: $(wildcard test/lv2_host*.c test/lv2_host*.h) $(LV2_HEADERS) lv2/atoms.c lv2/position.c lv2/uris.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Ilv2 $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) -ldl -lm

else
$(info LV2 is left out, its headers are missing: apt install lv2-dev)
endif
