package io.kefuhub.core.plugin.wasm.guest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every function that a guest may import, with its type. */
final class Offered {
    static final String EXTISM = "extism:host/env";
    static final String HUB = "extism:host/user";
    static final String WASI = "wasi_snapshot_preview1";
    /** What AssemblyScript calls when something is wrong. */
    static final String ENV = "env";

    private static final Map<String, Map<String, Signature>> ALL =
            Map.of(EXTISM, table("""
                    alloc I>I, free I>, length I>I, length_unsafe I>I, load_u8 I>i, load_u64 I>I, store_u8 Ii>,
                    store_u64 II>, input_length >I, input_offset >I, input_load_u8 I>i, input_load_u64 I>I,
                    output_set II>, error_set I>, config_get I>I, var_get I>I, var_set II>, log_trace I>, log_debug I>,
                    log_info I>, log_warn I>, log_error I>, get_log_level >i, http_request II>I, http_status_code >i,
                    http_headers >I"""), HUB, table("hub_field I>I"), ENV, table("abort iiii>"), WASI, table("""
                    args_get ii>i, args_sizes_get ii>i, environ_get ii>i, environ_sizes_get ii>i, clock_res_get ii>i,
                    clock_time_get iIi>i, fd_advise iIIi>i, fd_allocate iII>i, fd_close i>i, fd_datasync i>i,
                    fd_fdstat_get ii>i, fd_fdstat_set_flags ii>i, fd_fdstat_set_rights iII>i, fd_filestat_get ii>i,
                    fd_filestat_set_size iI>i, fd_filestat_set_times iIIi>i, fd_pread iiiIi>i, fd_prestat_get ii>i,
                    fd_prestat_dir_name iii>i, fd_pwrite iiiIi>i, fd_read iiii>i, fd_readdir iiiIi>i, fd_renumber ii>i,
                    fd_seek iIii>i, fd_sync i>i, fd_tell ii>i, fd_write iiii>i, path_create_directory iii>i,
                    path_filestat_get iiiii>i, path_filestat_set_times iiiiIIi>i, path_link iiiiiii>i,
                    path_open iiiiiIIii>i, path_readlink iiiiii>i, path_remove_directory iii>i, path_rename iiiiii>i,
                    path_symlink iiiii>i, path_unlink_file iii>i, poll_oneoff iiii>i, proc_exit i>, proc_raise i>i,
                    random_get ii>i, sched_yield >i, sock_accept iii>i, sock_recv iiiiii>i, sock_send iiiii>i,
                    sock_shutdown ii>i"""));

    private Offered() {}

    private static Map<String, Signature> table(String text) {
        var table = new HashMap<String, Signature>();
        Arrays.stream(text.split(",\\s*"))
                .map(entry -> entry.strip().split(" "))
                .forEach(entry -> table.put(entry[0], Signature.of(entry[1])));
        return Map.copyOf(table);
    }

    static Optional<Signature> find(String module, String name) {
        return Optional.ofNullable(ALL.getOrDefault(module, Map.of()).get(name));
    }

    static Set<String> names(String module) {
        return ALL.getOrDefault(module, Map.of()).keySet();
    }

    /** The modules that may be imported from. */
    static String modules() {
        return ALL.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
