package io.ringfence.demo.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The service's REST interface, as far as the demonstration uses it. */
public final class ServiceClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 5;
  private static final int OVERLOADED = 503;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;
  private final Runnable alive;

  /**
   * At {@code http://127.0.0.1:PORT}.
   *
   * @param alive throws when the service's process is gone
   */
  public ServiceClient(int port, Runnable alive) {
    this.base = URI.create("http://127.0.0.1:" + port);
    this.alive = alive;
  }

  /** An answer: any status. */
  public record Answer(int status, JsonNode body) {
    /** The body of a 2xx answer. */
    public JsonNode good(String what) {
      if (status / 100 != 2) {
        throw new DemoException("the service refused " + what + " with " + status + ": " + body);
      }
      return body;
    }
  }

  public URI base() {
    return base;
  }

  /** Sends JSON; an empty {@code key} sends none. Writes carry ids, so trying again is safe. */
  public Answer post(String path, String key, JsonNode body) {
    HttpRequest.Builder request = request(path, key).header("Content-Type", "application/json");
    return exchange(request.POST(HttpRequest.BodyPublishers.ofString(body.toString())).build());
  }

  /** Reads JSON. */
  public Answer get(String path, String key) {
    return exchange(request(path, key).GET().build());
  }

  /** Whether the service answers at all, with a good status. */
  public boolean answers(String path) {
    try {
      HttpResponse<String> response = http.send(request(path, "").GET().build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() / 100 == 2;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted");
    }
  }

  private HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).header("Accept", "application/json");
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private Answer exchange(HttpRequest request) {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OVERLOADED) {
          String text = response.body();
          return new Answer(response.statusCode(), text == null || text.isBlank() ? JSON.nullNode() : JSON.readTree(text));
        }
        last = new IOException("503 " + response.body());
      } catch (IOException failure) {
        last = failure;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new DemoException("interrupted while asking the service");
      }
      alive.run();
    }
    String what = request.method() + " " + request.uri().getPath();
    throw new DemoException("the service does not answer " + what + ": " + last.getMessage(), last);
  }
}
