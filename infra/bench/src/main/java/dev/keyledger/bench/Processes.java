package dev.keyledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The processor time of processes and their children, from Linux's files (proc(5)). */
public final class Processes {
  /** Of the clock that they are measured with. */
  public static final Duration TICK = Duration.ofMillis(10);

  private final long[] pids;

  Processes(long... pids) {
    this.pids = pids.clone();
  }

  /**
   * What all their threads have used so far, without the just-in-time compilers of Java, which are
   * done sooner or later.
   */
  Duration cpu() throws IOException {
    long ticks = 0;
    for (long pid : withChildren()) {
      ticks += ticks(pid);
    }
    return TICK.multipliedBy(ticks);
  }

  /** Clock ticks that a process has used so far; 0 if it ended. */
  public static long ticks(long pid) throws IOException {
    long ticks = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
          ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
      }
    } catch (NoSuchFileException ended) {
      return ticks;
    }
    return ticks;
  }

  private List<Long> withChildren() {
    return LongStream.of(pids)
        .boxed()
        .flatMap(pid ->
            Stream.concat(
                Stream.of(pid),
                ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid)))
        .toList();
  }
}
