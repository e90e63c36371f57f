-- How written text becomes values. Each macro gives null for what it cannot read; nothing is guessed.
-- The cleaning macros run one after another, each over a whole column (contract.py stacks them); the others take
-- cleaned text. A macro that names its argument often is inlined as often: keep them flat, and the plain case first.
-- No `in (…)` with many words: the database turns it into a join, whose key is then computed for every row.

-- Cleaning, first: invisible characters go, accents are composed, blanks around are trimmed.
create temp macro stripped(written) as
    case
        when strlen(written) = length(written) then trim(written, e' \t\r\n')
        else trim(nfc_normalize(regexp_replace(
            written, '[\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{00AD}\x{0000}-\x{0008}]', '', 'g'
        )), e' \t\r\n' || chr(160) || chr(12288))
    end;

-- Cleaning, second: full-width digits, letters and signs as their plain forms.
create temp macro folded(written) as
    case
        when strlen(written) = length(written) or not regexp_matches(written, '[\x{FF01}-\x{FF5E}−﹣º　]') then written
        else translate(
            written,
            '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ．－−﹣＋：／％º＂　',
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.---+:/%°" '
        )
    end;

-- Cleaning, third: what an office writes where it does not know becomes null.
create temp macro unless_unknown(cleaned) as
    case
        when not list_contains(['', '*', '**', '***', '-', '--', '—', '——', '/', '\', '?', '？', '未知', '不详', '不明',
            '无数据', '暂无', '待定', '待核实', '待补充', '未填', 'n/a', 'na', '#n/a', 'null', 'none', 'nan', 'unknown'], lower(cleaned))
        then cleaned
    end;

-- All three, for files of many millions of rows: only where a text is not plain at first sight.
create temp macro cleaned_where_needed(written) as
    case
        when try_cast(written as double) is not null or try_cast(written as timestamp) is not null or written = '是' or written = '否'
            then written
        else unless_unknown(folded(stripped(written)))
    end;

create temp macro as_id(cleaned) as regexp_replace(cleaned, '\s+', '', 'g');

-- 1,234.5 and 1234.5人; a comma that groups no thousands is not understood.
create temp macro number_in_words(cleaned) as
    try_cast(replace(regexp_extract(
        cleaned::varchar,
        '^([-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+))\s*(?:个|名|人|位|辆|台|处|家|座|间|户|次|件|起|条|吨|km/h|公里/小时|公里/时|辆/日|辆/天|公里|千米|km|度|°)?$',
        1), ',', '') as double);

create temp macro as_number(cleaned) as
    coalesce(try_cast(cleaned as double), number_in_words(cleaned));

-- 3.7 drivers is not a number of drivers.
create temp macro whole(number) as
    case when number = trunc(number) and abs(number) < 9e15 then number::bigint end;

create temp macro as_whole(cleaned) as
    coalesce(try_cast(nullif(regexp_extract(cleaned::varchar, '^-?\d+$'), '') as bigint), whole(as_number(cleaned)));

-- An amount with its unit: the amount times what the unit is worth.
create temp macro amount(cleaned, unit, worth) as
    round(try_cast(replace(nullif(regexp_extract(cleaned, '^([-+]?[\d,]*\.?\d+)\s*(?:' || unit || ')$', 1), ''), ',', '') as double) * worth, 2);

-- Money in yuan: 35万元, 1.2亿, 350000元, 350000.
create temp macro as_yuan(cleaned) as
    coalesce(as_number(cleaned), amount(cleaned, '元|块', 1), amount(cleaned, '千元', 1e3), amount(cleaned, '万元?', 1e4), amount(cleaned, '亿元?', 1e8));

-- Counts of people: 280000, 28万人.
create temp macro as_people(cleaned) as
    coalesce(as_whole(cleaned), whole(amount(cleaned, '千人?', 1e3)), whole(amount(cleaned, '万人?', 1e4)));

-- Areas in square metres: 2亩, 0.5公顷, 120平方米, 120.
create temp macro as_square_m(cleaned) as
    coalesce(as_number(cleaned), amount(cleaned, '㎡|平方米|平米|m2|m²', 1), amount(cleaned, '亩', 10000.0 / 15), amount(cleaned, '公顷|ha', 1e4),
        amount(cleaned, '平方公里|km2|km²', 1e6));

-- Stakes 桩号 in kilometres: K1234+500, 1234+500, 1234.5.
create temp macro as_stake_km(cleaned) as
    coalesce(
        as_number(cleaned),
        try_cast(nullif(regexp_extract(cleaned, '^[A-Za-z]?K\s*(\d+(?:\.\d+)?)$', 1), '') as double),
        try_cast(nullif(regexp_extract(cleaned, '^[A-Za-z]?[Kk]?\s*(\d+)\s*\+\s*\d{1,3}(?:\.\d+)?\s*[mM米]?$', 1), '') as double)
        + try_cast(nullif(regexp_extract(cleaned, '\+\s*(\d+(?:\.\d+)?)', 1), '') as double) / 1000
    );

-- 是 否 √ × 有 无 1 0 …
create temp macro as_flag(cleaned) as
    case
        when list_contains(['是', '有', '√', '✓', '✔', '☑', 'y', 'yes', 'true', 't', '1', '1.0', '对', '已备案', '备案',
            '占用', '占道', '中共党员', '党员', '预备党员', '中共预备党员', '在册', '允许', '可', '单行', '单向', '危货'], lower(cleaned::varchar)) then true
        when list_contains(['否', '无', '×', '✗', '✘', 'x', 'n', 'no', 'false', 'f', '0', '0.0', '没有', '未备案', '未占用',
            '未占道', '群众', '共青团员', '团员', '不允许', '禁止', '禁行', '双行', '双向', '普货'], lower(cleaned::varchar)) then false
    end;

-- Moments in all the ways offices write them; see the branches. A day that no calendar has is not understood.
create temp macro moment_in_words(cleaned) as
    case
        -- 03/05/24: nobody knows which of the three is the year
        when regexp_matches(cleaned, '^\d{1,3}\D') then null
        -- 46083.5: a spreadsheet's serial day
        when regexp_full_match(cleaned, '[2-7]\d{4}(\.\d+)?')
            then timestamp '1899-12-30' + to_milliseconds(round(cleaned::double * 86400)::bigint * 1000)
        when regexp_full_match(cleaned, '(19|20)\d{6}') then try_strptime(cleaned, '%Y%m%d')
        when regexp_full_match(cleaned, '(19|20)\d{12}') then try_strptime(cleaned, '%Y%m%d%H%M%S')
        -- 24:00 is the next day's beginning
        when regexp_matches(cleaned, '[ T]24:00(:00(\.0+)?)?$')
            then try_strptime(regexp_replace(regexp_replace(cleaned, '[ T]24:.*', ''), '[年月/.]', '-', 'g'), ['%Y-%m-%d', '%Y-%m-%d日'])
                + interval 1 day
        -- a zone sign is brought to China's time
        when regexp_matches(cleaned, ':\d\d.*([Zz]|[+-]\d{2}:?\d{2})$')
            then timezone('Asia/Shanghai', try_cast(cleaned as timestamptz))
        -- a month stands for its first day
        when regexp_full_match(cleaned, '(19|20)\d{2}[-年/.]\d{1,2}月?')
            then try_strptime(regexp_replace(regexp_replace(cleaned, '月$', ''), '[年/.]', '-') || '-1', '%Y-%m-%d')
        else try_strptime(regexp_replace(cleaned, '(:\d\d)\.\d+$', '\1'), [
            '%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M',
            '%Y/%m/%d', '%Y/%m/%d %H:%M:%S', '%Y/%m/%d %H:%M', '%Y.%m.%d', '%Y.%m.%d %H:%M:%S', '%Y.%m.%d %H:%M',
            '%Y年%m月%d日', '%Y年%m月%d日 %H:%M:%S', '%Y年%m月%d日 %H:%M', '%Y年%m月%d日%H:%M:%S', '%Y年%m月%d日%H:%M',
            '%Y年%m月%d日 %H时%M分%S秒', '%Y年%m月%d日 %H时%M分', '%Y年%m月%d日 %H时', '%Y年%m月%d日%H时%M分%S秒',
            '%Y年%m月%d日%H时%M分', '%Y年%m月%d日%H时', '%Y年%m月%d'
        ])
    end;

create temp macro as_moment(cleaned) as
    case
        when typeof(cleaned) <> 'VARCHAR' then try_cast(cleaned as timestamp)
        when ends_with(cleaned::varchar, 'Z') or regexp_matches(cleaned::varchar, ':\d\d.*[+-]\d{2}:?\d{2}$') then moment_in_words(cleaned::varchar)
        when substr(cleaned::varchar, 5, 1) not in ('-', '/') then moment_in_words(cleaned::varchar)
        else coalesce(try_cast(cleaned as timestamp), moment_in_words(cleaned::varchar))
    end;

create temp macro as_date(cleaned) as as_moment(cleaned)::date;

-- 107.3652, 107.3652E, 107°22′15″, 107度22分15秒, 107 22 15.
create temp macro degrees_in_words(cleaned) as
    coalesce(
        try_cast(nullif(regexp_extract(cleaned, '^[NSEWnsew东西南北经纬]*[:：]?\s*(-?\d{1,3}(?:\.\d+)?)\s*[°度]?\s*[NSEWnsew]?$', 1), '') as double),
        case
            when regexp_full_match(cleaned, '[NSEWnsew东西南北经纬]*[:：]?\s*\d{1,3}\s*[°度 ]\s*[0-5]?\d(\.\d+)?\s*([′''’分 ]\s*([0-5]?\d(\.\d+)?\s*(″|"|”|''''|′′|秒)?)?)?\s*[NSEWnsew]?')
                then try_cast(regexp_extract(cleaned, '(\d{1,3})\s*[°度 ]', 1) as double)
                    + try_cast(regexp_extract(cleaned, '[°度 ]\s*(\d{1,2}(\.\d+)?)', 1) as double) / 60
                    + coalesce(try_cast(regexp_extract(cleaned, '[°度 ]\s*\d{1,2}\s*[′''’分 ]\s*(\d{1,2}(\.\d+)?)', 1) as double), 0) / 3600
        end
    )
    * case when regexp_matches(cleaned, '[SWsw西南]') then -1 else 1 end;

create temp macro as_degrees(cleaned) as
    coalesce(try_cast(cleaned as double), degrees_in_words(cleaned::varchar));

-- The two halves of a position written into one cell, apart by a comma, a semicolon or a blank.
create temp macro position_part(cleaned, part) as
    string_split_regex(trim(cleaned, ' ()[]'), '\s*[,;，；、|]\s*|\s+')[part];

-- The area in which a place's rows may lie, by which exchanged coordinates are told.
create temp macro in_area(lon, lat) as
    lon between getvariable('area_west') and getvariable('area_east')
    and lat between getvariable('area_south') and getvariable('area_north');

-- A word without the blanks, brackets and dots that make no difference; as in vocabulary.py.
create temp macro word_form(cleaned) as
    lower(regexp_replace(cleaned, '[\s()（）【】\[\]"“”·]', '', 'g'));

-- A word of a closed list as its code; see vocabulary.toml.
create temp macro as_code(list_name, cleaned) as
    map_extract_value(getvariable('vocabulary')[list_name], word_form(cleaned));

-- Several words in one cell as their codes; a word that is not in the list makes the whole unreadable.
create temp macro as_codes(list_name, cleaned) as
    (select case when count(*) = count(words.code) then list(distinct words.code order by words.code) end
     from (select map_extract_value(getvariable('vocabulary')[list_name], word_form(word)) as code
           from unnest(string_split_regex(cleaned, '[、,，;；/|+\s]+')) as split(word)
           where word <> '') as words);

-- HMAC-SHA256 with the place's key, which the snapshot never holds: the same person or vehicle gets the same
-- pseudonym in every file, and nobody can try all plates to find whose it is.
create temp macro pseudonym(cleaned) as
    left(sha256(getvariable('key_outer') || unhex(sha256(getvariable('key_inner') || encode(
        regexp_replace(upper(cleaned::varchar), '[^0-9A-Z一-鿿]', '', 'g'))))), 16);

-- Text without the phone numbers, identity numbers and plates that people write into any cell.
create temp macro masked(cleaned) as
    case
        when not regexp_matches(cleaned, '\d{4}|[一-鿿][A-Z]') then cleaned
        else regexp_replace(regexp_replace(regexp_replace(
            cleaned,
            '(^|\D)\d{17}[\dXx](\D|$)', '\1******************\2', 'g'),
            '(^|\D)((?:\+?86)?[-\s]?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]?\d{7,8}|\d{15})(\D|$)', '\1***********\3', 'g'),
            '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}', '*******', 'g')
    end;

-- A ledger without numbers still has rows that can be told apart.
create temp macro given_or_derived_id(cleaned, prefix, name, x, y) as
    coalesce(as_id(cleaned), prefix || '-' || left(md5(concat_ws('|', name, round(x, 5), round(y, 5))), 10));
