namespace Zvonok.Load.Rival;

/// <summary>
/// What a good team would write first: the state in tables, the rules in one stored function, one call and one
/// transaction a request. It checks what the core checks and records what the core records.
/// </summary>
internal static class RivalSchema
{
    // Room in each page lets an update of the balance stay in its page, without touching the index.
    public const string Tables = """
        create table account (
            number bigint primary key,
            kind smallint not null,
            zone text not null,
            closed boolean not null,
            daily_limit bigint,
            meal bigint not null,
            transport bigint not null,
            spent_on date not null,
            spent bigint not null,
            last_seq bigint not null
        ) with (fillfactor = 70);

        create table card (
            token uuid primary key,
            kind smallint not null,
            state smallint not null,
            account bigint not null,
            home int not null,
            expires_at timestamptz
        );

        create table device (id int primary key, operator int not null, building int not null);

        create table entry (
            account bigint not null,
            seq bigint not null,
            operation uuid not null unique,
            fingerprint bigint not null,
            amount bigint not null,
            contra bigint not null,
            meal_after bigint not null,
            transport_after bigint not null,
            spent_after bigint not null,
            event_at timestamptz not null,
            recorded_at timestamptz not null,
            limit_day date not null,
            spent_on date not null,
            device int not null,
            kind smallint not null,
            purse smallint not null,
            reversed_seq bigint,
            lines bytea,
            settled_by bigint,
            primary key (account, seq)
        );
        """;

    // The account's row is locked before the operation is looked for, so that two repeats at once cannot both miss it.
    public const string Sell = """
        create function sell(
            p_token uuid, p_operation uuid, p_fingerprint bigint, p_device int, p_operator int,
            p_total bigint, p_lines bytea, p_event_at timestamptz, p_now timestamptz,
            out reason int, out account_number bigint, out entry_number bigint, out balance bigint, out event_time timestamptz)
        language plpgsql as $$
        declare
            c card;
            a account;
            e entry;
            day date;
            spent_that_day bigint;
        begin
            reason := 0;
            select * into c from card where token = p_token;
            if not found then reason := 1; return; end if;
            if c.state <> 2 then
                reason := case c.state when 6 then 2 when 3 then 3 when 4 then 4 else 5 end;
                return;
            end if;
            if c.expires_at <= p_event_at then reason := 6; return; end if;

            select * into a from account where number = c.account for update;
            if not found then reason := 7; return; end if;
            account_number := a.number;

            select * into e from entry where operation = p_operation;
            if found then
                if e.account <> a.number or e.fingerprint <> p_fingerprint then
                    raise exception 'operation used before for something else' using errcode = 'unique_violation';
                end if;
                entry_number := e.seq; balance := e.meal_after; event_time := e.event_at;
                return;
            end if;

            if a.closed then reason := 8; return; end if;
            day := (p_event_at at time zone a.zone)::date;
            spent_that_day := case
                when day = a.spent_on then a.spent
                when day > a.spent_on then 0
                else (select coalesce(-sum(amount), 0) from entry where account = a.number and limit_day = day and kind in (1, 2))
            end;
            if spent_that_day + p_total > a.daily_limit then reason := 13; return; end if;
            if p_total > a.meal then reason := 14; return; end if;

            entry_number := a.last_seq + 1;
            balance := a.meal - p_total;
            event_time := p_event_at;
            if day >= a.spent_on then
                a.spent_on := day;
                a.spent := spent_that_day + p_total;
            end if;
            insert into entry values (
                a.number, entry_number, p_operation, p_fingerprint, -p_total, p_operator, balance, a.transport, a.spent,
                p_event_at, p_now, day, a.spent_on, p_device, 1, 1, null, p_lines);
            update account set meal = balance, spent_on = a.spent_on, spent = a.spent, last_seq = entry_number where number = a.number;
        end
        $$;
        """;
}
