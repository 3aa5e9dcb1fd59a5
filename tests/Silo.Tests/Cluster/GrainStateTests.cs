using Orleans.Storage;
using Zvonok.Silo.Tests.Stage;

namespace Zvonok.Silo.Tests.Cluster;

/// <summary>The slow state of grains, on both stores.</summary>
[Collection(WithPostgres.Name)]
public sealed class GrainStateTests(PostgresServer postgres)
{
    private const string Type = "position";

    public static TheoryData<bool> Stores => new(true, false);

    [Theory, MemberData(nameof(Stores))]
    public async Task A_state_is_read_as_it_was_written_by_every_kind_of_key(bool onPostgres)
    {
        await using var providers = await Open(onPostgres);
        var storage = await providers.GrainStates();
        var key = new Guid("0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
        GrainId[] grains =
        [
            GrainId.Create(GrainType.Create(Type), GrainIdKeyExtensions.CreateIntegerKey(1)),
            GrainId.Create(GrainType.Create(Type), GrainIdKeyExtensions.CreateIntegerKey(-1)),
            GrainId.Create(GrainType.Create(Type), GrainIdKeyExtensions.CreateIntegerKey(1, "further")),
            GrainId.Create(GrainType.Create(Type), GrainIdKeyExtensions.CreateGuidKey(key)),
            GrainId.Create(GrainType.Create(Type), GrainIdKeyExtensions.CreateGuidKey(key, "further")),
            GrainId.Create(Type, "Ключ"),
        ];
        foreach (var grain in grains) await storage.WriteStateAsync(Type, grain, new GrainState<Note>(new Note { Text = grain.ToString() }));
        await storage.WriteStateAsync("another", grains[0], new GrainState<Note>(new Note { Text = "another" }));

        foreach (var grain in grains)
        {
            var state = await Read(storage, grain);
            (state.State!.Text, state.RecordExists, state.ETag).ShouldBe((grain.ToString(), true, "1"));
        }
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Of_two_that_have_read_the_same_only_one_writes(bool onPostgres)
    {
        await using var providers = await Open(onPostgres);
        var storage = await providers.GrainStates();
        var grain = GrainId.Create(Type, "1");
        var (first, second) = (await Read(storage, grain), await Read(storage, grain));
        first.State = new Note { Text = "first" };
        second.State = new Note { Text = "second" };

        await storage.WriteStateAsync(Type, grain, first);
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync(Type, grain, second));
        second = await Read(storage, grain);
        first.State = new Note { Text = "first again" };
        await storage.WriteStateAsync(Type, grain, first);
        await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync(Type, grain, second));
        await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync(Type, grain, second));

        (await Read(storage, grain)).State!.Text.ShouldBe("first again");
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Of_many_that_write_for_the_first_time_at_once_one_wins(bool onPostgres)
    {
        await using var providers = await Open(onPostgres);
        var storage = await providers.GrainStates();
        var grain = GrainId.Create(Type, "1");

        var wrote = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            try
            {
                await storage.WriteStateAsync(Type, grain, new GrainState<Note>(new Note { Text = $"{number}" }));
                return $"{number}";
            }
            catch (InconsistentStateException)
            {
                return null;
            }
        })));

        (await Read(storage, grain)).State!.Text.ShouldBe(wrote.Where(number => number is not null).ShouldHaveSingleItem());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_cleared_state_is_empty_and_can_be_written_again(bool onPostgres)
    {
        await using var providers = await Open(onPostgres);
        var storage = await providers.GrainStates();
        var grain = GrainId.Create(Type, "1");
        var state = new GrainState<Note>(new Note { Text = "something" });
        await storage.WriteStateAsync(Type, grain, state);
        await storage.ClearStateAsync(Type, grain, state);

        (await Read(storage, grain)).State!.Text.ShouldBeEmpty();
        state.State = new Note { Text = "again" };
        await storage.WriteStateAsync(Type, grain, state);
        (await Read(storage, grain)).State!.Text.ShouldBe("again");
    }

    private async Task<Providers> Open(bool onPostgres) => await Providers.Open(onPostgres ? await postgres.NewDatabase() : null);

    private static async Task<GrainState<Note>> Read(IGrainStorage storage, GrainId grain)
    {
        var state = new GrainState<Note>();
        await storage.ReadStateAsync(Type, grain, state);
        return state;
    }
}

/// <summary>Some state.</summary>
[GenerateSerializer, Alias("zvonok.tests.Note")]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";
}
