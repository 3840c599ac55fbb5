package io.kefuhub.api.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Dialects that many services share, as their documentation describes an answer; enough to see who understands one. */
enum KnownDialect {
    OPENAI("OpenAI", "text/event-stream") {
        @Override
        List<String> piece(String text) {
            return event("{'id':'c1','object':'chat.completion.chunk','created':1767225600,'model':'model-1','choices':"
                    + "[{'index':0,'delta':{'content':'" + text + "'},'finish_reason':null}]}");
        }

        @Override
        List<String> end(String last) {
            var lines = new ArrayList<>(piece(last));
            lines.addAll(event(
                    "{'id':'c1','object':'chat.completion.chunk','created':1767225600,'model':'model-1','choices':"
                            + "[{'index':0,'delta':{},'finish_reason':'stop'}],'usage':" + USAGE + "}"));
            lines.addAll(List.of("data: [DONE]", ""));
            return lines;
        }

        @Override
        String whole(String text) {
            return json(
                    "{'id':'c1','object':'chat.completion','created':1767225600,'model':'model-1','choices':[{'index':0,"
                            + "'message':{'role':'assistant','content':'" + text
                            + "'},'finish_reason':'stop'}],'usage':" + USAGE
                            + "}");
        }

        private static final String USAGE = "{'prompt_tokens':31,'completion_tokens':12,'total_tokens':43}";
    },
    ANTHROPIC("Anthropic", "text/event-stream") {
        @Override
        List<String> begin() {
            var lines = new ArrayList<>(event("{'type':'message_start','message':{'id':'m1','type':'message','role':"
                    + "'assistant','model':'model-1','content':[],'stop_reason':null,'usage':{'input_tokens':31,"
                    + "'output_tokens':1}}}"));
            lines.addAll(event("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}"));
            return lines;
        }

        @Override
        List<String> piece(String text) {
            return event(
                    "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'" + text + "'}}");
        }

        @Override
        List<String> end(String last) {
            var lines = new ArrayList<>(piece(last));
            lines.addAll(event("{'type':'content_block_stop','index':0}"));
            lines.addAll(
                    event("{'type':'message_delta','delta':{'stop_reason':'end_turn','stop_sequence':null},'usage':"
                            + "{'output_tokens':12}}"));
            lines.addAll(event("{'type':'message_stop'}"));
            return lines;
        }

        @Override
        String whole(String text) {
            return json(
                    "{'id':'m1','type':'message','role':'assistant','model':'model-1','content':[{'type':'text','text':'"
                            + text + "'}],'stop_reason':'end_turn','usage':{'input_tokens':31,'output_tokens':12}}");
        }
    },
    GEMINI("Gemini", "text/event-stream") {
        @Override
        List<String> piece(String text) {
            return event("{'candidates':[{'content':{'parts':[{'text':'" + text + "'}],'role':'model'},'index':0}],"
                    + "'modelVersion':'model-1'}");
        }

        @Override
        List<String> end(String last) {
            return event(whole(last));
        }

        @Override
        String whole(String text) {
            return json("{'candidates':[{'content':{'parts':[{'text':'" + text + "'}],'role':'model'},'index':0,"
                    + "'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':31,'candidatesTokenCount':12,"
                    + "'totalTokenCount':43},'modelVersion':'model-1'}");
        }
    },
    OLLAMA("Ollama", "application/x-ndjson") {
        @Override
        List<String> piece(String text) {
            return List.of(json("{'model':'model-1','created_at':'2026-01-01T00:00:00Z','message':{'role':'assistant',"
                    + "'content':'" + text + "'},'done':false}"));
        }

        @Override
        List<String> end(String last) {
            return List.of(whole(last));
        }

        @Override
        String whole(String text) {
            return json(
                    "{'model':'model-1','created_at':'2026-01-01T00:00:00Z','message':{'role':'assistant','content':'"
                            + text + "'},'done':true,'done_reason':'stop','prompt_eval_count':31,'eval_count':12}");
        }
    };

    private final String title;
    private final String mime;

    KnownDialect(String title, String mime) {
        this.title = title;
        this.mime = mime;
    }

    String title() {
        return title;
    }

    /** The lines before the first piece of an answer's text. */
    List<String> begin() {
        return List.of();
    }

    /** The lines of one piece. */
    abstract List<String> piece(String text);

    /** The lines of the last piece and of the end. */
    abstract List<String> end(String last);

    /** The body of an answer that comes at once. */
    abstract String whole(String text);

    /** The lines of an answer up to its last piece. */
    List<String> begun(List<String> pieces) {
        var lines = new ArrayList<>(begin());
        for (var piece : pieces.subList(0, pieces.size() - 1)) lines.addAll(piece(piece));
        return lines;
    }

    /** All lines of an answer. */
    List<String> lines(List<String> pieces) {
        var lines = new ArrayList<>(begun(pieces));
        lines.addAll(end(pieces.getLast()));
        return lines;
    }

    /** What services send while a model is busy. */
    List<String> nothing() {
        return this == OLLAMA ? List.of("", "") : List.of(": keep-alive", "");
    }

    Map<String, List<String>> streaming() {
        return Map.of("Content-Type", List.of(mime));
    }

    private static List<String> event(String data) {
        return List.of("data: " + json(data), "");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
