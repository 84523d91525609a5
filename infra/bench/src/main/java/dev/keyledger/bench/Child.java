package dev.keyledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** A process that this one started, with what the system says about it. */
final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int BYTES_PER_KIB = 1024;
  private static final double BYTES_PER_MB = 1e6;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts a process.
   *
   * @param environment all of its environment
   * @param log takes its output
   */
  static Child start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Child(builder.start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Of a process that ended. */
  int status() {
    return process.exitValue();
  }

  /** Most memory that it had in RAM so far, as {@link #residentMb} counts; 0 when it is gone. */
  double peakMb() {
    try {
      return memoryMb(process.pid(), "VmHWM:").orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** Memory that a process has in RAM, in MB of 10⁶ bytes ({@code VmRSS}, see proc(5)). */
  static double residentMb(long pid) throws IOException {
    return memoryMb(pid, "VmRSS:").orElseThrow();
  }

  private static OptionalDouble memoryMb(long pid, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
        .map(kib -> kib * BYTES_PER_KIB / BYTES_PER_MB)
        .findFirst();
  }

  /** Asks it to end, with all that it started, and forces what doesn't. */
  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }
}
