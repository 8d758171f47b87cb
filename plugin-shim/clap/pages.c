/* What lies on the eight knobs of a controller. All of it is [main]. */
#include <stdio.h>
#include <string.h>

#include "plugin.h"

#define NONE CLAP_INVALID_ID

static const struct {
    const char *name;
    clap_id parameters[CLAP_REMOTE_CONTROLS_COUNT];
} pages[] = {
        {"Transfer",
                {IDIOM_PRESET, IDIOM_MODE, IDIOM_HOP, IDIOM_MIX, IDIOM_THRESHOLD, IDIOM_DENSITY, IDIOM_SWING,
                        IDIOM_BYPASS}},
        {"Locks", {IDIOM_MELODY_LOCK, IDIOM_KEY_LOCK, IDIOM_COMPENSATE, NONE, NONE, NONE, NONE, NONE}},
};

static uint32_t count_pages(const clap_plugin_t *plugin) {
    (void)plugin;
    return sizeof pages / sizeof pages[0];
}

static bool get_page(const clap_plugin_t *plugin, uint32_t index, clap_remote_controls_page_t *page) {
    if (!idiom_clap_is_main(idiom_clap_of(plugin)) || index >= count_pages(plugin) || page == NULL) {
        return false;
    }
    memset(page, 0, sizeof *page);
    snprintf(page->section_name, sizeof page->section_name, "Idiom");
    snprintf(page->page_name, sizeof page->page_name, "%s", pages[index].name);
    page->page_id = index;
    memcpy(page->param_ids, pages[index].parameters, sizeof page->param_ids);
    return true;
}

const clap_plugin_remote_controls_t idiom_clap_remote_controls = {.count = count_pages, .get = get_page};
