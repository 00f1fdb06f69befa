package io.ringfence.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Processor time of the whole process in an iteration, beside the time on the clock: what other programs on the machine take does not
 * count. JMH adds the two counters up over the iteration's operations.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {

  private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Nanoseconds on all cores. */
  public long cpuNanoseconds;

  /** Operations that the time went into. */
  public long operations;

  private long start;

  @Setup(Level.Iteration)
  public void begin() {
    cpuNanoseconds = 0;
    operations = 0;
    start = SYSTEM.getProcessCpuTime();
  }

  @TearDown(Level.Iteration)
  public void end() {
    cpuNanoseconds = SYSTEM.getProcessCpuTime() - start;
  }
}
