-- An Ardour session without a screen with two tracks, obeying lines on its input; run by ardour7-lua.

local shared = dofile("session.lua")
shared.open(240)
shared.commands.track("keys")
shared.commands.track("answer")
shared.obey()
