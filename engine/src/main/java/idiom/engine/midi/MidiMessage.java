package idiom.engine.midi;

/** What an event of a file says. Immutable, equal by content. */
public sealed interface MidiMessage permits ChannelMessage, MetaMessage, SysExMessage {}
