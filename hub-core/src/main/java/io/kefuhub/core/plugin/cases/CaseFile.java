package io.kefuhub.core.plugin.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Examples of what one contribution does when it has these settings. Immutable.
 *
 * @param name of the file
 * @param contribution its id
 */
record CaseFile(String name, Kind kind, String contribution, Map<String, String> settings, List<GoldenCase> cases) {
    private static final int LARGEST_KIB = 1024;
    private static final String FILTER = "filter";
    private static final String RESPONDER = "responder";

    CaseFile {
        settings = Map.copyOf(settings);
        cases = List.copyOf(cases);
    }

    static CaseFile read(String name, byte[] json) throws RefusedException {
        if (json.length > LARGEST_KIB * 1024) throw new RefusedException(Why.CASES_TOO_LARGE, name, LARGEST_KIB);
        var file = CaseNode.of(name, tree(name, json));
        file.mayHave("kind", "contribution", "settings", "cases");
        var kind = kind(file);
        var cases = new ArrayList<GoldenCase>();
        var names = new HashSet<String>();
        if (!file.has("cases")) throw new RefusedException(Why.CASE_LACKS, name, "cases");
        for (var node : file.objects("cases")) {
            var caseName = node.text("name");
            var one = new CaseNode(name + " “" + caseName + "”", node.json());
            if (!names.add(caseName)) throw node.unusable("name", caseName, caseName + " 2");
            cases.add(kind == Kind.FILTER ? CaseWords.ofFilter(one) : CaseWords.ofResponder(one));
        }
        return new CaseFile(name, kind, file.text("contribution"), file.values("settings"), cases);
    }

    private static JsonNode tree(String name, byte[] json) throws RefusedException {
        try {
            return Json.read(json, JsonNode.class);
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            throw new RefusedException(Why.CASES_NOT_JSON, name, location == null ? 1 : location.getLineNr());
        } catch (IOException _) {
            throw new RefusedException(Why.CASES_NOT_JSON, name, 1);
        }
    }

    /** A kind as a case file names it. */
    static String word(Kind kind) {
        return kind == Kind.RESPONDER ? RESPONDER : FILTER;
    }

    private static Kind kind(CaseNode file) throws RefusedException {
        return switch (file.find("kind").orElse(FILTER)) {
            case FILTER -> Kind.FILTER;
            case RESPONDER -> Kind.RESPONDER;
            case String other -> throw file.unusable("kind", other, FILTER + ", " + RESPONDER);
        };
    }
}
