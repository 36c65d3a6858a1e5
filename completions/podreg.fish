# Completion of podreg for fish. podreg itself says what could stand at the cursor.

function __podreg_complete
    set -l words (commandline -opc)
    set -l typed (string unescape -- (commandline -ct))
    test -n "$typed"; or set typed ''
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -l lines ($program __complete $words[2..-1] $typed 2>/dev/null)
    test (count $lines) -gt 0; or return
    set -l directive (string replace : '' -- $lines[-1])
    set -e lines[-1]
    if test (count $lines) -gt 0
        printf '%s\n' $lines
    else if test $directive = 0
        # What a path stands behind, as in --snapshot=FILE, belongs to the word.
        set -l before (string match -r -- '^--[^=]*=' $typed)
        for path in (complete -C "ignored-command $(string replace -r -- '^--[^=]*=' '' $typed)")
            printf '%s\n' "$before$path"
        end
    end
end

complete -c podreg -f -a '(__podreg_complete)' -k
complete -c kubectl-podreg -f -a '(__podreg_complete)' -k
