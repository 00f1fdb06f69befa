package io.ringfence.demo.system;

/** Why the demonstration cannot go on, in one sentence for its user. */
public class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DemoException(String message) {
    super(message);
  }

  public DemoException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A process that the run depends on has ended; the others are left as they are, so that the run can be resumed. */
  public static final class ProcessGone extends DemoException {
    private static final long serialVersionUID = 1L;

    public ProcessGone(String what, long pid) {
      super(what + " (process " + pid + ") is gone");
    }
  }
}
