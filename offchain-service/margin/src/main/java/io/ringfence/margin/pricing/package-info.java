/**
 * European options on a forward, with the same bits on every machine.
 *
 * <p>Floating-point {@code + - * /} and {@link java.lang.Math#sqrt} are correctly rounded everywhere; {@code exp}, {@code log} and
 * {@code pow} of the platform are not fixed to the last bit and differ between processors, virtual machines and languages. So this package
 * has its own ({@link io.ringfence.margin.pricing.Elementary}), made of nothing but those operations in a written order, without fused
 * multiply-add. It uses {@code java.base} only, no reflection and no threads.
 */
package io.ringfence.margin.pricing;
