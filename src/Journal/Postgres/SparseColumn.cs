namespace Zvonok.Journal.Postgres;

/// <summary>
/// A column that is null in most rows of a batch. Of several <c>unnest</c> in a select list PostgreSQL fills up the shorter ones with nulls, so what follows the last value
/// is not sent: a column without any costs next to nothing on either side.
/// </summary>
/// <typeparam name="T">A nullable type.</typeparam>
internal sealed class SparseColumn<T>
{
    private int _rows;

    /// <summary>The column as far as its last value.</summary>
    public List<T?> Values { get; } = [];

    public void Add(T? value)
    {
        if (value is not null)
        {
            while (Values.Count < _rows) Values.Add(default);
            Values.Add(value);
        }

        _rows++;
    }

    public void Clear()
    {
        Values.Clear();
        _rows = 0;
    }
}
