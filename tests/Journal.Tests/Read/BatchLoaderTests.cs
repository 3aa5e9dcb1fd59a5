using Zvonok.Journal.Read;

namespace Zvonok.Journal.Tests.Read;

public sealed class BatchLoaderTests : IAsyncDisposable
{
    private readonly List<IReadOnlyList<int>> _queries = [];
    private readonly SemaphoreSlim _begun = new(0);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BatchLoader<int, string> _loader;

    public BatchLoaderTests() => _loader = new BatchLoader<int, string>(Query, batchSizeMax: 100, lanes: 1);

    public async ValueTask DisposeAsync()
    {
        _gate.TrySetResult();
        await _loader.DisposeAsync();
        _begun.Dispose();
    }

    [Fact]
    public async Task Keys_that_gather_while_a_query_runs_are_one_query()
    {
        var first = await LoadAndHold();
        var gathered = Enumerable.Range(1, 80).Select(_loader.Load).ToList();
        _gate.SetResult();

        (await first).ShouldBe("0");
        (await Task.WhenAll(gathered)).ShouldBe(Enumerable.Range(1, 80).Select(key => key % 10 == 9 ? null : $"{key}"));
        _queries.Select(keys => keys.Count).ShouldBe([1, 80]);
    }

    [Fact]
    public async Task A_query_takes_no_more_keys_than_its_limit()
    {
        var first = await LoadAndHold();
        var gathered = Enumerable.Range(1, 250).Select(_loader.Load).ToList();
        _gate.SetResult();
        await Task.WhenAll([first, .. gathered]);

        _queries.Select(keys => keys.Count).ShouldBe([1, 100, 100, 50]);
    }

    [Fact]
    public async Task A_key_that_many_ask_for_is_read_once_and_answered_to_all()
    {
        var first = await LoadAndHold();
        var gathered = Enumerable.Range(0, 60).Select(i => _loader.Load(i % 3)).ToList();
        _gate.SetResult();
        await first;

        (await Task.WhenAll(gathered)).Distinct().ShouldBe(["0", "1", "2"]);
        _queries[1].ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task Asking_again_neither_lengthens_the_queue_nor_loses_the_place_in_it()
    {
        var first = await LoadAndHold();
        var impatient = Enumerable.Range(0, 240).Select(i => _loader.Load(1 + i % 80)).ToList();
        _gate.SetResult();
        await Task.WhenAll([first, .. impatient]);

        _queries.Select(keys => keys.Count).ShouldBe([1, 80]);
    }

    [Fact]
    public async Task A_query_under_way_is_not_joined_since_it_may_miss_what_was_committed_meanwhile()
    {
        var first = await LoadAndHold();
        var later = _loader.Load(0);
        _gate.SetResult();
        await Task.WhenAll(first, later);

        _queries.Select(keys => keys.Count).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_query_that_fails_fails_its_own_keys_and_the_next_one_works()
    {
        var first = await LoadAndHold();
        var failing = Enumerable.Range(500, 3).Select(_loader.Load).ToList();
        _gate.SetResult();
        await first;

        foreach (var load in failing) await Should.ThrowAsync<JournalUnavailableException>(load);
        (await _loader.Load(7)).ShouldBe("7");
    }

    private async Task<Task<string?>> LoadAndHold()
    {
        var first = _loader.Load(0);
        (await _begun.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("no query began");
        return first;
    }

    // There is nothing for keys that end in 9, and those from 500 on fail.
    private async Task<Dictionary<int, string>> Query(IReadOnlyList<int> keys)
    {
        _queries.Add(keys);
        _begun.Release();
        await _gate.Task;
        if (keys.Any(key => key >= 500)) throw new JournalUnavailableException("Down.");
        return keys.Where(key => key % 10 != 9).ToDictionary(key => key, key => $"{key}");
    }
}
