package io.kefuhub.core.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.jar.Signature.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {
    private static final String CLASS = "ext/ThePlugin.class";
    private static final Duration LONG = Duration.ofDays(400);

    @TempDir
    static Path keyFolder;

    private static SigningKeys keys;

    @TempDir
    Path folder;

    private Path trust;
    private Path jar;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = SigningKeys.in(keyFolder)
                .with("author")
                .with("authority", "-ext", "bc:critical=ca:true", "-validity", "3650")
                .with("company", "-signer", "authority", "-ext", "EKU=codeSigning", "-ext", "KU=digitalSignature")
                .with("postman", "-signer", "authority", "-ext", "EKU=emailProtection")
                .with("child", "-signer", "author")
                .with("clock", "-signer", "authority", "-ext", "EKU:critical=timeStamping", "-validity", "3650")
                .with("liar", "-ext", "EKU:critical=timeStamping");
    }

    @BeforeEach
    void makeJar() throws Exception {
        trust = Files.createDirectory(folder.resolve("trust"));
        jar = PluginJar.filter("shout", "1.0.0", "return Verdict.pass();")
                .file("data/words.txt", "first".getBytes(StandardCharsets.UTF_8))
                .build(folder.resolve("shout.jar"));
    }

    @Test
    void an_unsigned_jar_is_taken_unless_a_signature_is_required() throws Exception {
        assertThat(inspection(false).inspect(jar).signature()).isEqualTo(new Signature.Unsigned());
        assertThat(refusal(true)).isEqualTo(Refusal.of(Why.UNSIGNED));
    }

    @Test
    void a_signer_whose_certificate_is_in_the_folder_is_trusted() throws Exception {
        keys.sign(jar, "author");
        keys.writeDer("author", trust.resolve("author.cer"));

        assertThat(signature()).isInstanceOfSatisfying(Signature.Signed.class, signed -> {
            assertThat(signed.by()).isEqualTo("author");
            assertThat(signed.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(signed.trusted()).isTrue();
        });
        assertThat(inspection(true).inspect(jar).about().id()).isEqualTo("shout");
    }

    @Test
    void a_signer_vouched_for_by_an_authority_in_the_folder_is_trusted() throws Exception {
        keys.sign(jar, "company");
        keys.writePem(trust.resolve("ours.pem"), "author", "authority");

        assertThat(trustOfSigner()).isEqualTo(Trust.TRUSTED);
    }

    @Test
    void a_signer_nobody_knows_is_named_and_refused_only_where_a_signature_is_required() throws Exception {
        keys.sign(jar, "author");
        keys.writeDer("authority", trust.resolve("authority.cer"));

        assertThat(trustOfSigner()).isEqualTo(Trust.NOT_TRUSTED);
        assertThat(refusal(true)).satisfies(refusal -> {
            assertThat(refusal.why()).isEqualTo(Why.SIGNER_NOT_TRUSTED);
            assertThat(refusal.values()).startsWith("author").hasSize(2);
        });
    }

    @Test
    void a_certificate_put_into_the_folder_counts_at_once() throws Exception {
        keys.sign(jar, "author");
        var inspection = inspection(true);
        assertThat(refusal(inspection).why()).isEqualTo(Why.SIGNER_NOT_TRUSTED);

        keys.writeDer("author", trust.resolve("author.cer"));

        assertThat(inspection.inspect(jar).about().id()).isEqualTo("shout");
    }

    @Test
    void who_signed_what_was_read_before_is_judged_again() throws Exception {
        keys.sign(jar, "author");
        keys.writeDer("author", trust.resolve("author.cer"));
        var inspection = inspection(true);
        assertThat(inspection.inspect(jar, "its hash").about().id()).isEqualTo("shout");

        Files.delete(trust.resolve("author.cer"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspection.inspect(jar, "its hash"))
                .satisfies(refused ->
                        assertThat(refused.refusal().orElseThrow().why()).isEqualTo(Why.SIGNER_NOT_TRUSTED));
    }

    @Test
    void a_file_in_the_folder_that_is_no_certificate_makes_nobody_trusted_and_harms_no_other() throws Exception {
        keys.sign(jar, "author");
        Files.writeString(trust.resolve("README"), "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");
        assertThat(trustOfSigner()).isEqualTo(Trust.NOT_TRUSTED);

        keys.writeDer("author", trust.resolve("author.cer"));

        assertThat(trustOfSigner()).isEqualTo(Trust.TRUSTED);
    }

    @Test
    void who_is_trusted_to_sign_is_not_trusted_to_vouch_for_others() throws Exception {
        keys.sign(jar, "child");
        keys.writeDer("author", trust.resolve("author.cer"));

        assertThat(trustOfSigner()).isEqualTo(Trust.NOT_TRUSTED);
    }

    @Test
    void a_certificate_for_something_else_does_not_do() throws Exception {
        keys.sign(jar, "postman");
        keys.writeDer("authority", trust.resolve("authority.cer"));

        assertThat(trustOfSigner()).isEqualTo(Trust.NOT_FOR_CODE);
        assertThat(refusal(true).why()).isEqualTo(Why.SIGNER_NOT_FOR_CODE);
    }

    // Time

    @Test
    void a_certificate_that_has_ended_does_not_do_without_a_time_stamp() throws Exception {
        keys.sign(jar, "company");
        keys.writeDer("authority", trust.resolve("authority.cer"));

        assertThat(refusal(inspection(true, LONG)).why()).isEqualTo(Why.SIGNER_OUT_OF_DATE);
        assertThat(inspection(false, LONG).inspect(jar).about().id()).isEqualTo("shout");
    }

    @Test
    void a_certificate_that_has_not_begun_does_not_do() throws Exception {
        keys.sign(jar, "author");
        keys.writeDer("author", trust.resolve("author.cer"));

        assertThat(refusal(inspection(true, LONG.negated())).why()).isEqualTo(Why.SIGNER_OUT_OF_DATE);
    }

    @Test
    void a_trusted_time_stamp_keeps_a_signature_valid_after_the_certificate_has_ended() throws Exception {
        try (var authority = new TimestampAuthority(keys.entry("clock"))) {
            keys.signWithTime(jar, "company", authority.address());
        }
        keys.writeDer("authority", trust.resolve("authority.cer"));

        assertThat(inspection(true, LONG).inspect(jar).signature())
                .isInstanceOfSatisfying(
                        Signature.Signed.class,
                        signed -> assertThat(signed.trusted()).isTrue());
    }

    @Test
    void a_time_stamp_by_somebody_nobody_knows_is_worth_nothing() throws Exception {
        try (var authority = new TimestampAuthority(keys.entry("liar"))) {
            keys.signWithTime(jar, "company", authority.address());
        }
        keys.writeDer("authority", trust.resolve("authority.cer"));

        assertThat(refusal(inspection(true, LONG)).why()).isEqualTo(Why.SIGNER_OUT_OF_DATE);
    }

    // What was signed

    @Test
    void a_changed_entry_is_named_and_refused_whether_a_signature_is_required_or_not() throws Exception {
        signedByAuthor();
        rewrite(CLASS, PluginJar.compiled("ext.ThePlugin", "package ext; public class ThePlugin {}"));

        assertThat(refusal(true)).isEqualTo(Refusal.of(Why.CHANGED_ENTRY, CLASS));
        assertThat(refusal(false)).isEqualTo(Refusal.of(Why.CHANGED_ENTRY, CLASS));
    }

    @Test
    void an_added_entry_is_named_and_refused() throws Exception {
        signedByAuthor();
        rewrite("data/more.txt", new byte[] {1});

        assertThat(refusal(true)).isEqualTo(Refusal.of(Why.ADDED_ENTRY, "data/more.txt"));
    }

    @Test
    void a_removed_entry_is_named_and_refused() throws Exception {
        signedByAuthor();
        rewrite("data/words.txt", null);

        assertThat(refusal(true)).isEqualTo(Refusal.of(Why.REMOVED_ENTRY, "data/words.txt"));
    }

    @Test
    void a_second_signer_who_has_signed_all_is_enough() throws Exception {
        keys.sign(jar, "company");
        keys.sign(jar, "author");
        keys.writeDer("author", trust.resolve("author.cer"));

        assertThat(signature()).isInstanceOfSatisfying(Signature.Signed.class, signed -> {
            assertThat(signed.by()).isEqualTo("author");
            assertThat(signed.trusted()).isTrue();
        });
    }

    @Test
    void a_changed_permission_is_refused() throws Exception {
        signedByAuthor();
        var manifest = new ByteArrayOutputStream();
        try (var file = new JarFile(jar.toFile())) {
            var changed = file.getManifest();
            changed.getMainAttributes().putValue("Plugin-Permissions", "exec");
            changed.write(manifest);
        }
        rewrite(JarFile.MANIFEST_NAME, manifest.toByteArray());

        assertThat(refusal(true)).isEqualTo(Refusal.of(Why.BROKEN_SIGNATURE));
    }

    @Test
    void a_changed_signature_is_refused() throws Exception {
        signedByAuthor();
        byte[] block;
        try (var zip = new ZipFile(jar.toFile())) {
            block = zip.getInputStream(zip.getEntry("META-INF/AUTHOR.EC")).readAllBytes();
        }
        block[block.length - 1] ^= 1;
        rewrite("META-INF/AUTHOR.EC", block);

        assertThat(refusal(true)).isEqualTo(Refusal.of(Why.BROKEN_SIGNATURE));
    }

    @Test
    void a_signature_left_over_from_a_library_is_refused() throws Exception {
        rewrite("META-INF/LIBRARY.SF", "Signature-Version: 1.0\n\n".getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(false)).isEqualTo(Refusal.of(Why.BROKEN_SIGNATURE));
    }

    /** Writes the jar again with another content of an entry, or without it. */
    private void rewrite(String name, byte @Nullable [] content) throws IOException {
        var changed = folder.resolve("changed.jar");
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (var entry :
                    from.stream().filter(entry -> !entry.getName().equals(name)).toList()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
            }
            if (content != null) {
                to.putNextEntry(new ZipEntry(name));
                to.write(content);
            }
        }
        Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private void signedByAuthor() throws Exception {
        keys.sign(jar, "author");
        keys.writeDer("author", trust.resolve("author.cer"));
        assertThat(trustOfSigner()).isEqualTo(Trust.TRUSTED);
    }

    private Signature signature() throws RefusedException {
        return inspection(false).inspect(jar).signature();
    }

    private Trust trustOfSigner() throws RefusedException {
        return ((Signature.Signed) signature()).trust();
    }

    private JarInspection inspection(boolean signedOnly) {
        return inspection(signedOnly, Duration.ZERO);
    }

    private JarInspection inspection(boolean signedOnly, Duration later) {
        return new JarInspection(
                signedOnly, trust, InstantSource.fixed(Instant.now().plus(later)));
    }

    private Refusal refusal(boolean signedOnly) {
        return refusal(inspection(signedOnly));
    }

    private Refusal refusal(JarInspection inspection) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspection.inspect(jar))
                .actual()
                .refusal()
                .orElseThrow();
    }
}
