-- Deaths in crashes of the newest 12 months that the incidents cover, and the crashes of each severity in them.
with period as (
    select
        max(happened_at) as until,
        max(happened_at) - interval 12 months as since
    from incidents
),
crashes as (
    select
        incidents.severity,
        -- A crash that is written down as damage or injury killed nobody.
        case
            when incidents.deaths is not null then incidents.deaths
            when incidents.severity in ('damage', 'injury') then 0
        end as deaths,
        incidents.kind is null as is_kind_unknown
    from incidents
    cross join period
    where incidents.kind is distinct from 'violation' and incidents.happened_at > period.since
),
known as (
    select
        coalesce(sum(deaths) filter (not is_kind_unknown), 0)::double as deaths,
        coalesce(bool_or(deaths is null or (is_kind_unknown and deaths > 0)), false) as is_lower_bound
    from crashes
)
select
    true as is_whole,
    null::varchar as part,
    case when period.until is not null then known.deaths end as value,
    known.is_lower_bound,
    period.since,
    period.until
from known
cross join period
union all by name
select
    false as is_whole,
    coalesce(severity, 'unknown') as part,
    count(*)::double as value,
    false as is_lower_bound
from crashes
where not is_kind_unknown
group by severity
order by is_whole desc, part
