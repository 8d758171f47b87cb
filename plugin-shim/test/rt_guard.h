/* Marks of the thread that processes, for rt_guard.c. */
#ifndef RT_GUARD_H
#define RT_GUARD_H

/* From here on, up to idiom_rt_leave, this thread may call nothing that can wait; pairs can lie in one another. */
void idiom_rt_enter(void);
void idiom_rt_leave(void);

#endif
