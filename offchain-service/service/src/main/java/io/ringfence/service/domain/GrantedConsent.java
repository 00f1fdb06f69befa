package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** A consent to a withdrawal, and the request it answers. It can be used while its nonce is the account's next and until its deadline. */
@Entity
@Immutable
@Table(name = "consent")
public class GrantedConsent {
  private static final String GRANTED = "granted";

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "client_request_id")
  private String requestId;

  private long venue;
  private String account;

  @Column(name = "idx")
  private long index;

  private String token;
  private BigInteger amount;

  @Column(name = "to_address")
  private String to;

  private long nonce;
  private long deadline;
  private String signature;
  private String state;

  /** For Hibernate. */
  protected GrantedConsent() {}

  /**
   * What was asked for.
   *
   * @param requestId made by the client, within its account
   * @param amount smallest units
   */
  public record Asked(String requestId, long venue, String account, String token, BigInteger amount, String to) {}

  /** A consent to what was asked, with the venue's {@code signature}; {@code deadline} in chain seconds. */
  public GrantedConsent(Asked asked, long index, long nonce, long deadline, String signature) {
    this.requestId = asked.requestId();
    this.venue = asked.venue();
    this.account = asked.account();
    this.token = asked.token();
    this.amount = asked.amount();
    this.to = asked.to();
    this.index = index;
    this.nonce = nonce;
    this.deadline = deadline;
    this.signature = signature;
    this.state = GRANTED;
  }

  /** The request it answers. */
  public Asked asked() {
    return new Asked(requestId, venue, account, token, amount, to);
  }

  /** The leaf index of the pledge it belongs to. */
  public long index() {
    return index;
  }

  /** The account's nonce that it uses up. */
  public long nonce() {
    return nonce;
  }

  /** Until when it can be used, chain seconds. */
  public long deadline() {
    return deadline;
  }

  /** The venue's signature. */
  public String signature() {
    return signature;
  }
}
