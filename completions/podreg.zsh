#compdef podreg kubectl-podreg
# Completion of podreg for zsh. podreg itself says what could stand at the cursor.

_podreg() {
  local -a lines asked described options
  local line value directive
  asked=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
  asked[1]=${~asked[1]}
  lines=("${(@f)$("${asked[1]}" __complete "${(@)asked[2,-1]}" 2>/dev/null)}")
  directive=${lines[-1]#:}
  [[ $directive == <-> ]] || return 1
  lines[-1]=()
  for line in "${lines[@]}"; do
    value=${line%%$'\t'*}
    value=${value//:/\\:}
    if [[ $line == *$'\t'* ]]; then
      described+=("$value:${line#*$'\t'}")
    else
      described+=("$value")
    fi
  done
  if ((directive & 2)); then options=(-S ''); fi
  if ((${#described})); then
    _describe -V 'podreg' described "${options[@]}" && return
  fi
  ((directive & 4)) && return 1
  [[ $PREFIX == --*=* ]] && compset -P '*='
  _files
}

# Either the file of this name is loaded when it is first needed, or it is sourced.
if [ "${funcstack[1]}" = _podreg ]; then
  _podreg "$@"
else
  compdef _podreg podreg kubectl-podreg
fi
