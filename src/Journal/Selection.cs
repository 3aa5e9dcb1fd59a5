namespace Zvonok.Journal;

/// <summary>A query and what becomes of its rows.</summary>
internal interface ISelection
{
    string Sql { get; }

    /// <summary>What it needs; one name stands for one value in all selections of a message.</summary>
    IReadOnlyList<(string Name, object Value)> Parameters { get; }

    void Take(DbDataReader row);
}

/// <summary>A query whose rows are kept, in their order.</summary>
internal sealed class Selection<T>(string sql, Func<DbDataReader, T> read, params (string Name, object Value)[] parameters) : ISelection
{
    public string Sql => sql;

    public IReadOnlyList<(string Name, object Value)> Parameters => parameters;

    public List<T> Rows { get; } = [];

    public void Take(DbDataReader row) => Rows.Add(read(row));
}
