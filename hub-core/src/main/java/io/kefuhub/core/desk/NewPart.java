package io.kefuhub.core.desk;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A part of what an agent wants to say. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NewPart.Text.class, name = "text"),
    @JsonSubTypes.Type(value = NewPart.Upload.class, name = "file")
})
sealed interface NewPart {
    record Text(String text) implements NewPart {}

    record Upload(String uploadId) implements NewPart {}
}
