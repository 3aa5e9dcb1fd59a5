namespace Zvonok.Domain.Lists;

/// <summary>The master keys that an installation has: the one for new devices, and those that devices still have.</summary>
public sealed class ListKeys
{
    private readonly ListMasterKey[] _keys;

    /// <summary>At least one, the newest first; two with one name would be one key twice.</summary>
    public ListKeys(params IEnumerable<ListMasterKey> keys)
    {
        _keys = [.. keys];
        if (_keys.Length == 0) throw new ArgumentException("There is no list key.", nameof(keys));
        if (_keys.DistinctBy(key => key.Id).Count() < _keys.Length) throw new ArgumentException("A list key is there twice.", nameof(keys));
    }

    /// <summary>The newest.</summary>
    public ListMasterKey Newest => _keys[0];

    /// <summary>The key of that name; null when it was taken out of use.</summary>
    public ListMasterKey? Find(uint id) => Array.Find(_keys, key => key.Id == id);
}
