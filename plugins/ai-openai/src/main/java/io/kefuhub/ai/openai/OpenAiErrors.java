package io.kefuhub.ai.openai;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.TooLong;
import io.kefuhub.ai.exchange.Trouble;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the services' codes mean. A service's own meaning goes before the common one, and a code before the status. */
final class OpenAiErrors {
    private static final Map<String, Trouble> CODES = codes();

    private OpenAiErrors() {}

    static Trouble trouble(int status, JsonObject error, Map<String, Trouble> own) {
        var inner = status;
        for (var name : List.of("code", "type", "status")) {
            var code = error.word(name).toLowerCase(Locale.ROOT);
            var known = Optional.ofNullable(own.get(code)).or(() -> Optional.ofNullable(CODES.get(code)));
            if (known.isPresent()) return known.get();
            // A status of its own, where that of HTTP had been sent already.
            if (status == 200 && code.matches("[45]\\d\\d")) inner = Integer.parseInt(code);
        }
        return TooLong.isSaid(inner, error.text("message", "")) ? Trouble.TOO_LONG : Trouble.of(inner);
    }

    private static Map<String, Trouble> codes() {
        var codes = new HashMap<String, Trouble>();
        put(
                codes,
                Trouble.CREDENTIALS,
                "invalid_api_key invalid_authentication_error authentication_error permission_denied_error"
                        + " account_deactivated unsupported_country_region_territory invalidapikey accessdenied"
                        + " access_denied model.accessdenied invalid_iam_token invalid_appid no_parameter_permission"
                        + " 1000 1001 1002 1003 1004 1110 1111 1112 1220");
        put(
                codes,
                Trouble.BALANCE,
                "insufficient_quota billing_hard_limit_reached billing_not_active insufficient_balance"
                        + " exceeded_current_quota_error arrearage account_overdue 1113 1309");
        put(
                codes,
                Trouble.TOO_LONG,
                "context_length_exceeded string_above_max_length exceed_context_size_error tokens_too_long"
                        + " characters_too_long prompt_too_long 1261");
        put(
                codes,
                Trouble.FILTERED,
                "content_filter content_policy_violation data_inspection_failed datainspectionfailed system_unsafe"
                        + " user_setting_unsafe functions_unsafe image_url_unsafe 1301");
        put(
                codes,
                Trouble.RATE_LIMITED,
                "rate_limit_exceeded rate_limit_error rate_limit_reached_error requests tokens limit_requests"
                        + " limit_burst_rate throttling throttling.ratequota throttling.burstrate"
                        + " throttling.allocationquota rpm_rate_limit_exceeded tpm_rate_limit_exceeded"
                        + " input_tpm_rate_limit_exceeded output_tpm_rate_limit_exceeded user_rate_limit_exceeded"
                        + " 1302 1303 1304 1308");
        put(
                codes,
                Trouble.OVERLOADED,
                "server_overloaded engine_overloaded engine_overloaded_error overloaded_error unavailable_error"
                        + " serviceunavailable modelunavailable modelservingerror insufficient_system_resource"
                        + " cluster_rate_limit_exceeded cluster_rpm_rate_limit_exceeded"
                        + " cluster_tpm_rate_limit_exceeded preemptible_rate_limit_exceeded 1305 1312");
        put(
                codes,
                Trouble.REFUSED,
                "model_not_found invalid_model modelnotfound resource_not_found_error 1210 1211 1212 1214");
        return Map.copyOf(codes);
    }

    private static void put(Map<String, Trouble> codes, Trouble trouble, String names) {
        for (var name : names.split(" ")) codes.put(name, trouble);
    }
}
