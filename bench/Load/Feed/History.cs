using Npgsql;

namespace Zvonok.Load.Feed;

/// <summary>
/// What a city has committed, written past the silo by SQL: taps, sales of two lines, and top-ups, interleaved, in as many transactions
/// as a busy journal would make of them.
/// </summary>
internal sealed class History(string connectionString, City city)
{
    /// <summary>The size of a batch at a few thousand operations a second.</summary>
    public const int FactsPerTransaction = 200;

    private const int TransactionsPerCall = 250;

    // Six taps, three sales and a top-up in ten. Two lines as the journal stores them: a hot meal and a drink.
    private const string Procedure = """
        create procedure write_history(first bigint, transactions integer, size integer, persons integer) language plpgsql as $$
        begin
            for n in 0 .. transactions - 1 loop
                insert into entry (account, seq, operation, fingerprint, amount, contra, meal_after, transport_after, spent_after, event_at, recorded_at,
                                   made_until, limit_day, spent_on, device, kind, purse, lines)
                select person.number, g / persons + 1, gen_random_uuid(), g, case when g % 10 = 9 then 100000 else -15000 end,
                       case when g % 10 = 9 then 2000000003 else 1000000007 end, 250000, 0, 15000, now(), now(), now(), current_date, current_date,
                       case when g % 10 = 9 then 0 else 501 end, case when g % 10 = 9 then 3 else 1 end, 1,
                       case when g % 10 < 9 then '\x0102054c554e434801019875030557415445520201c41300'::bytea end
                from generate_series(first + n * size, first + (n + 1) * size - 1) g
                join person on person.n = g % persons
                where g % 10 >= 6;
                insert into passage (seq, operation, fingerprint, event_at, recorded_at, made_until, building, device, kind, mode_after, outcome, flag,
                                     refusal, direction, account, token)
                select g / persons * 100000 + person.nth, gen_random_uuid(), g, now(), now(), now(), person.home, 601, 1, 1, 1, 0, 0, 1 + g % 2,
                       person.number, person.token
                from generate_series(first + n * size, first + (n + 1) * size - 1) g
                join person on person.n = g % persons
                where g % 10 < 6;
                commit;
            end loop;
        end $$
        """;

    // Numbered within their building too, so that passages of a building have distinct numbers.
    private const string Persons = """
        create table person as
        select row_number() over (order by token) - 1 as n, account as number, token, home, row_number() over (partition by home order by token) as nth from card;
        alter table person add primary key (n);
        analyze person;
        """;

    /// <summary>Writes about so many facts.</summary>
    public async Task Write(int facts, IProgress<long> done, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(stop);
        await Execute(connection, Persons, stop);
        await Execute(connection, Procedure, stop);
        await Execute(connection, "set synchronous_commit = off", stop);
        for (var first = 0L; first < facts; first += FactsPerTransaction * TransactionsPerCall)
        {
            var transactions = (int)Math.Min(TransactionsPerCall, (facts - first + FactsPerTransaction - 1) / FactsPerTransaction);
            await Execute(connection, $"call write_history({first}, {transactions}, {FactsPerTransaction}, {city.Plan.Pupils})", stop);
            done.Report(first);
        }

        await Execute(connection, "drop table person", stop);
        await Execute(connection, "vacuum analyze entry, passage, card_change", stop);
    }

    /// <summary>Facts that there are, those of the registration included.</summary>
    public async Task<long> Count(CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select (select count(*) from entry) + (select count(*) from passage) + (select count(*) from card_change)");
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }
}
