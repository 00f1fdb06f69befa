package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Data;
import java.util.Optional;

/** Why a JSON-RPC call gave no answer. */
public abstract sealed class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RpcException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The node answered with an error. */
  public static final class Refused extends RpcException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final transient Data revertData;

    public Refused(String method, int code, String message, Optional<Data> revertData) {
      super(method + " refused by the node: " + message + " (code " + code + ")", null);
      this.code = code;
      this.revertData = revertData.orElse(null);
    }

    /** The JSON-RPC error code; 3 is a revert on most nodes. */
    public int code() {
      return code;
    }

    /** What the contract reverted with, if the call reverted and the node said so. */
    public Optional<Data> revertData() {
      return Optional.ofNullable(revertData);
    }
  }

  /** No answer in time, or no connection. Whether the node acted on the request is unknown. */
  public static final class Unreachable extends RpcException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String method, String detail, Throwable cause) {
      super(method + ": " + detail, cause);
    }
  }

  /** An answer that is not what JSON-RPC or the method promises. */
  public static final class Malformed extends RpcException {
    private static final long serialVersionUID = 1L;

    public Malformed(String method, String detail, Throwable cause) {
      super(method + ": malformed answer: " + detail, cause);
    }
  }
}
