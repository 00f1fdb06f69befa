package io.ringfence.service.domain;

import io.ringfence.chain.type.Address;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** An account as the vault has it: a projection of its events. */
@Entity
@Immutable
@Table(name = "account")
public class SegregatedAccount {
  @Id
  private String address;

  private String owner;

  private BigInteger number;

  @Column(name = "opened_block")
  private long openedBlock;

  private Long venue;

  @Column(name = "idx")
  private Long index;

  private String status;

  @Column(name = "pledged_block")
  private Long pledgedBlock;

  @Column(name = "released_block")
  private Long releasedBlock;

  @Column(name = "debit_cap")
  private BigInteger debitCap;

  /** For Hibernate. */
  protected SegregatedAccount() {}

  /** Where it is. */
  public Address address() {
    return new Address(address);
  }

  /** Whose it is. */
  public String owner() {
    return owner;
  }

  /** Which of the owner's, from 0. */
  public BigInteger number() {
    return number;
  }

  /** The block that opened it. */
  public long openedBlock() {
    return openedBlock;
  }

  /** The venue it is pledged to; null while it is not. */
  public Long venue() {
    return venue;
  }

  /** Its leaf index there; null while it is not pledged. */
  public Long index() {
    return index;
  }

  /** Its status, as the vault names it. */
  public String status() {
    return status;
  }

  /** The block of its last pledge. */
  public Long pledgedBlock() {
    return pledgedBlock;
  }

  /** The block of its last release; null while it is pledged. */
  public Long releasedBlock() {
    return releasedBlock;
  }

  /** What may be taken of it in a day, settlement units. */
  public BigInteger debitCap() {
    return debitCap;
  }
}
