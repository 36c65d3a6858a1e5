# shellcheck shell=bash
# Completion of podreg for bash 4.2 and later. podreg itself says what could stand at the cursor.

# The words up to the cursor into `words`: bash takes apart what the user sees as one word, as in
# --output=json or interface=com.example.
__podreg_words() {
  local line=${COMP_LINE:0:COMP_POINT} gap piece i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    gap=${line%%[![:space:]]*}
    line=${line#"$gap"}
    piece=${COMP_WORDS[i]}
    [ "$i" -lt "$COMP_CWORD" ] || piece=$line
    if [ "$i" -eq 0 ] || [ -n "$gap" ]; then
      words+=("$piece")
    else
      words[${#words[@]} - 1]+=$piece
    fi
    line=${line#"$piece"}
  done
}

# What the shell would make of a word, as far as that is safe to find out: nothing is run.
__podreg_unquote() {
  local word=$1
  if [[ $word =~ ^\"?\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?\"?$ ]]; then
    word=${!BASH_REMATCH[1]}
  elif [[ $word == \~/* ]]; then
    word=$HOME/${word:2}
  fi
  word=${word//\\/}
  word=${word#[\"\']}
  printf '%s' "${word%[\"\']}"
}

__podreg_complete() {
  local words word line directive longest=0 described=() values=() i
  __podreg_words
  local typed=${words[${#words[@]} - 1]} asked=()
  for word in "${words[@]}"; do asked+=("$(__podreg_unquote "$word")"); done
  while IFS= read -r line; do
    values+=("${line%%$'\t'*}") described+=("$line")
  done < <("${asked[0]}" __complete "${asked[@]:1}" 2>/dev/null)
  COMPREPLY=()
  [ ${#values[@]} -gt 0 ] || return 0
  directive=${values[${#values[@]} - 1]#:}
  unset "values[${#values[@]} - 1]" "described[${#described[@]} - 1]"
  if ((!(directive & 4))); then compopt -o default 2>/dev/null; fi
  if ((directive & 2)); then compopt -o nospace 2>/dev/null; fi

  # Bash replaces only what stands behind the last of its word breaks; '@' is one that it replaces.
  local done='' unquoted=${asked[${#asked[@]} - 1]}
  [[ $typed == [\"\']* ]] || done=${unquoted%"${unquoted##*["$COMP_WORDBREAKS"]}"}
  done=${done%@}
  for i in "${!values[@]}"; do
    values[i]=${values[i]#"$done"}
    if [[ $typed != [\"\']* ]]; then
      printf -v "values[i]" '%q' "${values[i]}"
      values[i]=${values[i]//\\,/,} # of a list; braces, within which a comma means something, are quoted
    fi
    ((${#values[i]} <= longest)) || longest=${#values[i]}
  done
  COMPREPLY=("${values[@]}")
  ((${#values[@]} > 1)) || return 0
  case $COMP_TYPE in 37 | 42) return 0 ;; esac # a key that inserts the candidates one by one
  for i in "${!values[@]}"; do
    __podreg_described "$i"
  done
}

# The candidate with its description, as much as a line of the terminal has room for.
__podreg_described() {
  local text=${described[$1]#*$'\t'} room=$((${COLUMNS:-80} - longest - 5))
  [ "$text" != "${described[$1]}" ] && [ "$room" -gt 12 ] || return 0
  [ ${#text} -le "$room" ] || text=${text:0:room-1}…
  printf -v "COMPREPLY[$1]" '%-*s  (%s)' "$longest" "${values[$1]}" "$text"
}

if [[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 44 ]]; then
  complete -o nosort -F __podreg_complete podreg kubectl-podreg
else
  complete -F __podreg_complete podreg kubectl-podreg
fi
