{#
  The part of a URL that makes a browser scroll to `quote` and mark it (URL fragment text
  directives): the whole quote where it is short, else its first and its last words. `-`, `,` and
  `&` have a meaning there, so all three are percent-encoded. A quote over a line break spans two
  blocks of the page, which only the form with two ends can find. So does a row of a table, whose bars
  are not on the page: its ends are its first and its last cell.
#}
{% macro text_fragment(quote) -%}
    '#:~:text=' || case
        when contains({{ quote }}, ' | ')
            then
                replace(url_encode(regexp_extract({{ quote }}, '[^|\s](?:[^|]*[^|\s])?')), '-', '%2D')
                || ','
                || replace(
                    url_encode(regexp_extract({{ quote }}, '([^|\s](?:[^|]*[^|\s])?)[|\s]*$', 1)), '-', '%2D'
                )
        when length({{ quote }}) <= 90 and not contains({{ quote }}, chr(10))
            then replace(url_encode({{ quote }}), '-', '%2D')
        else
            replace(url_encode(regexp_extract({{ quote }}, '^(?:\S+[^\S\n]+){0,5}\S+')), '-', '%2D')
            || ','
            || replace(url_encode(regexp_extract({{ quote }}, '\S+(?:[^\S\n]+\S+){0,5}$')), '-', '%2D')
    end
{%- endmacro %}
