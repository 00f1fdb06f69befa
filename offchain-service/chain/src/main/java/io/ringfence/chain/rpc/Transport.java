package io.ringfence.chain.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.type.Data;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** JSON-RPC 2.0 over HTTP POST, one call or a batch. */
final class Transport {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final HttpClient client;
  private final URI url;
  private final Duration timeout;
  private final int attempts;
  private final AtomicLong ids = new AtomicLong();

  /** One call of a batch. */
  record Request(String method, ArrayNode parameters) {}

  /** A batch's answer to one call. */
  private record Reply(JsonNode result, RpcException.Refused refusal) {}

  Transport(URI url, Duration timeout, int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).build();
    this.url = url;
    this.timeout = timeout;
    this.attempts = attempts;
  }

  /** Asks once more when no answer comes: for questions that change nothing. */
  JsonNode read(Request request) {
    return result(post(request.method(), body(request, ids.incrementAndGet()), attempts), request.method());
  }

  /** Asks once. */
  JsonNode send(Request request) {
    return result(post(request.method(), body(request, ids.incrementAndGet()), 1), request.method());
  }

  /**
   * Results in the order of {@code requests}, all of them reads.
   *
   * @throws RpcException.Refused the first refusal in that order
   */
  List<JsonNode> readAll(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    String method = "batch of " + requests.size() + " " + requests.getFirst().method();
    long first = ids.getAndAdd(requests.size()) + 1;
    ArrayNode batch = JSON.createArrayNode();
    for (int i = 0; i < requests.size(); i++) {
      batch.add(body(requests.get(i), first + i));
    }
    JsonNode answer = post(method, batch, attempts);
    if (!answer.isArray()) {
      return List.of(result(answer, method));
    }
    Reply[] replies = new Reply[requests.size()];
    for (JsonNode one : answer) {
      long position = one.path("id").asLong(-1) - first;
      if (position < 0 || position >= replies.length) {
        throw new RpcException.Malformed(method, "an id that was not asked: " + one.path("id"), null);
      }
      replies[(int) position] = reply(one, requests.get((int) position).method());
    }
    List<JsonNode> results = new ArrayList<>(replies.length);
    for (int i = 0; i < replies.length; i++) {
      if (replies[i] == null) {
        throw new RpcException.Malformed(method, "no answer to call " + i, null);
      }
      if (replies[i].refusal() != null) {
        throw replies[i].refusal();
      }
      results.add(replies[i].result());
    }
    return results;
  }

  private static ObjectNode body(Request request, long id) {
    ObjectNode body = JSON.createObjectNode();
    body.put("jsonrpc", "2.0").put("id", id).put("method", request.method()).set("params", request.parameters());
    return body;
  }

  private static JsonNode result(JsonNode answer, String method) {
    Reply reply = reply(answer, method);
    if (reply.refusal() != null) {
      throw reply.refusal();
    }
    return reply.result();
  }

  private static Reply reply(JsonNode answer, String method) {
    JsonNode error = answer.get("error");
    if (error != null && !error.isNull()) {
      return new Reply(null, new RpcException.Refused(
          method, error.path("code").asInt(), error.path("message").asText("no message"), revertData(error.path("data"))));
    }
    if (!answer.has("result")) {
      throw new RpcException.Malformed(method, "neither result nor error", null);
    }
    return new Reply(answer.get("result"), null);
  }

  /** Nodes put the revert data in {@code error.data} itself or in a field of it. */
  private static Optional<Data> revertData(JsonNode data) {
    JsonNode found = data.isObject() ? data.path("data") : data;
    String text = found.isObject() ? found.path("result").asText("") : found.asText("");
    try {
      return text.startsWith("0x") ? Optional.of(new Data(text)) : Optional.empty();
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  private JsonNode post(String method, JsonNode body, int tries) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return exchange(method, body);
      } catch (RpcException.Unreachable unreachable) {
        if (attempt >= tries) {
          throw unreachable;
        }
        pause(method, pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private JsonNode exchange(String method, JsonNode body) {
    HttpRequest request = HttpRequest.newBuilder(url)
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException noAnswer) {
      String detail = noAnswer.getMessage() == null ? noAnswer.getClass().getSimpleName() : noAnswer.getMessage();
      throw new RpcException.Unreachable(method, "no answer from " + url + " (" + detail + ")", noAnswer);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcException.Unreachable(method, "interrupted", interrupted);
    }
    int status = response.statusCode();
    if (status == 429 || status >= 500 && !looksLikeJson(response.body())) {
      throw new RpcException.Unreachable(method, url + " answered HTTP " + status, null);
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException noJson) {
      throw new RpcException.Malformed(method, "HTTP " + status + " without JSON from " + url, noJson);
    } catch (IOException impossible) {
      throw new RpcException.Malformed(method, "unreadable answer from " + url, impossible);
    }
  }

  private static boolean looksLikeJson(byte[] body) {
    return body.length > 0 && (body[0] == '{' || body[0] == '[');
  }

  private static void pause(String method, Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcException.Unreachable(method, "interrupted", interrupted);
    }
  }
}
