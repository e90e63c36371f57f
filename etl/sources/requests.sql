-- One row per request 诉求/工单 with the moments of its chain.
create table requests (
    origin_id integer not null,
    row_number bigint not null,
    request_id varchar not null,
    channel varchar,
    category varchar,
    priority varchar,
    reported_at timestamp,
    supervised_at timestamp,
    enforced_at timestamp,
    inspected_at timestamp,
    ordered_at timestamp,
    assigned_at timestamp,
    accepted_at timestamp,
    closed_at timestamp,
    phone varchar,
    person varchar,
    content varchar,
    location varchar,
    township varchar,
    lon double,
    lat double,
    constraint reported_within_reason check (coalesce(reported_at, ordered_at) between timestamp '2000-01-01' and now()::timestamp + interval 1 day),
    constraint closed_not_before_begun check (closed_at >= coalesce(reported_at, ordered_at))
);
comment on table requests is '诉求工单 | | One row per request';
comment on column requests.request_id is '编号 | | Number the office gives, or derived from moment and words';
comment on column requests.channel is '来源渠道 | | hotline, suggestion_box, cloud, shop, visit';
comment on column requests.category is '类别 | | parking, rest, facility, road, fee, enforcement, rights, repair, hazmat, party, other, or as written';
comment on column requests.priority is '紧急程度 | | urgent, normal, low';
comment on column requests.reported_at is '举报投诉时间 | | Reported';
comment on column requests.supervised_at is '监管时间 | | Handed to supervision';
comment on column requests.enforced_at is '执法时间 | | Handed to enforcement';
comment on column requests.inspected_at is '督查时间 | | Inspected';
comment on column requests.ordered_at is '点单时间 | | Ordered by the driver';
comment on column requests.assigned_at is '派单时间 | | Assigned';
comment on column requests.accepted_at is '接单时间 | | Accepted';
comment on column requests.closed_at is '办结时间 | | Closed';
comment on column requests.phone is '联系电话 | | Pseudonym of the phone number';
comment on column requests.person is '诉求人 | | Pseudonym of the person';
comment on column requests.content is '内容 | | What is asked for; phone numbers and plates masked';
comment on column requests.location is '地点 | | Place as written; phone numbers and plates masked';
comment on column requests.township is '乡镇 | | Township as written';
comment on column requests.lon is '经度 | 度 | WGS-84';
comment on column requests.lat is '纬度 | 度 | WGS-84';

create temp view requests_typed as
select
    written,
    written.origin_id,
    written.row_number,
    given_or_derived_id(
        written.request_id, 'request', concat_ws('|', written.reported_at, written.ordered_at, written.content), written.lon, written.lat
    ) as request_id,
    as_code('request_channel', written.channel) as channel,
    coalesce(as_code('request_category', written.category), written.category) as category,
    as_code('request_priority', written.priority) as priority,
    as_moment(written.reported_at) as reported_at,
    as_moment(written.supervised_at) as supervised_at,
    as_moment(written.enforced_at) as enforced_at,
    as_moment(written.inspected_at) as inspected_at,
    as_moment(written.ordered_at) as ordered_at,
    as_moment(written.assigned_at) as assigned_at,
    as_moment(written.accepted_at) as accepted_at,
    as_moment(written.closed_at) as closed_at,
    pseudonym(written.phone) as phone,
    pseudonym(written.person) as person,
    written.content as content,
    written.location as location,
    written.township as township,
    written.lon,
    written.lat
from requests_located as written;
