namespace Zvonok.Load.Compare;

/// <summary>What all measured rounds together did to the database.</summary>
internal sealed class DatabaseWindow
{
    private readonly Stage _stage;
    private readonly string _checkpoint;
    private readonly LedgerSize? _ledger;

    private DatabaseWindow(Stage stage, string checkpoint, LedgerSize? ledger) => (_stage, _checkpoint, _ledger) = (stage, checkpoint, ledger);

    /// <summary>Before the first round, when nobody sells; counting marks the pages that it reads as changed, so they are written out after it.</summary>
    public static async Task<DatabaseWindow> Open(Stage stage, Store store, CancellationToken stop)
    {
        var ledger = store == Store.Postgres ? await ReadLedger(stage, stop) : null;
        await stage.Settle(stop);
        return new DatabaseWindow(stage, await stage.LatestCheckpoint(stop), ledger);
    }

    /// <summary>After the last round, when every answer has come: the figures.</summary>
    public async Task<IReadOnlyDictionary<string, object?>> Close(CancellationToken stop)
    {
        var figures = new Dictionary<string, object?> { ["checkpoint_in_window"] = await _stage.LatestCheckpoint(stop) != _checkpoint };
        if (_ledger is { } before) figures["bytes_per_sale"] = (await ReadLedger(_stage, stop)).Since(before);
        return figures;
    }

    private static async Task<LedgerSize> ReadLedger(Stage stage, CancellationToken stop) => await LedgerSize.Read(await stage.Postgres(stop), Arms.Core, stop);
}
