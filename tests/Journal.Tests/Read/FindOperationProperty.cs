using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Read;

/// <summary>
/// The bisection by making times against a search from the first row, on ledgers whose operations come late, in bursts and
/// in any order.
/// </summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "O3")]
public sealed class FindOperationProperty(Databases databases)
{
    // Few milliseconds, so that many operations share one; sometimes far apart, as an upload after a week is.
    private static readonly Gen<long[]> MadeTimes =
        Gen.Frequency((5, Gen.Long[0, 12]), (1, Gen.Long[0, 1_000_000_000])).Array[1, 60];

    [Theory, EveryStore]
    public async Task An_operations_first_entry_is_found_however_late_it_came(Store store)
    {
        await using var journal = await databases.Open(store);
        var serial = 0L;

        await MadeTimes.SampleAsync(async madeTimes =>
        {
            var account = Given.Number(++serial);
            var entries = new List<Entry>();
            foreach (var made in madeTimes.Select(At))
            {
                var operation = Given.Operation(made);
                // Every third operation is two entries: the first of them stands for it.
                for (var rows = made.ToUnixTimeMilliseconds() % 3 == 0 ? 2 : 1; rows > 0; rows--)
                    entries.Add(Given.Entry(seq: entries.Count + 1, operation: operation) with
                    {
                        Account = account,
                        MadeUntil = Instant.Max(made, entries.LastOrDefault()?.MadeUntil ?? Instant.MinValue),
                    });
            }

            await journal.Writer.Append(new AccountAppend([.. entries]));

            foreach (var operation in Asked(entries.Select(entry => entry.Operation), madeTimes))
            {
                var expected = entries.Find(entry => entry.Operation == operation);
                var found = await journal.Reader.FindEntry(account, operation);
                (found?.Seq).ShouldBe(expected?.Seq);
                (found?.Operation).ShouldBe(expected?.Operation);
            }
        }, iter: 12, threads: 1);
    }

    [Theory, EveryStore]
    public async Task An_operations_passage_is_found_however_late_it_came(Store store)
    {
        await using var journal = await databases.Open(store);
        var building = 0;

        await MadeTimes.SampleAsync(async madeTimes =>
        {
            building++;
            var passages = new List<Passage>();
            foreach (var made in madeTimes.Select(At))
                passages.Add(Given.Passage(passages.Count + 1, building, Given.Operation(made)) with
                {
                    MadeUntil = Instant.Max(made, passages.LastOrDefault()?.MadeUntil ?? Instant.MinValue),
                });
            await Task.WhenAll(passages.Select(passage => journal.Writer.Append(new BuildingAppend(passage)).AsTask()));

            foreach (var operation in Asked(passages.Select(passage => passage.Operation), madeTimes))
                (await journal.Reader.FindPassage(new BuildingId(building), operation))
                    .ShouldBe(passages.Find(passage => passage.Operation == operation));
        }, iter: 12, threads: 1);
    }

    [Theory, EveryStore]
    public async Task Nothing_is_found_where_nothing_is(Store store)
    {
        await using var journal = await databases.Open(store);

        (await journal.Reader.FindEntry(Given.Number(), Given.Operation())).ShouldBeNull();
        (await journal.Reader.FindPassage(Given.School, Given.Operation())).ShouldBeNull();

        // Somebody else's operation is not found either.
        var entry = Given.Entry(1);
        await journal.Commit(entry);
        (await journal.Reader.FindEntry(Given.Number(2), entry.Operation)).ShouldBeNull();
    }

    // All that are there, and as many that are not: made before, between, together with and after them.
    private static IEnumerable<OperationId> Asked(IEnumerable<OperationId> there, long[] madeTimes) =>
        there.Distinct().Concat(madeTimes.Append(-1).Append(2_000_000_000).Distinct().Select(made => Given.Operation(At(made))));

    private static Instant At(long milliseconds) => Given.Morning + Duration.FromMilliseconds(milliseconds);
}
