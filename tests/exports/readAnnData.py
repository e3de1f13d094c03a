"""A tube by anndata: python readAnnData.py FILE. Shapes, columns, sums of the 0/1 columns, a few values."""

import json
import sys

import anndata

tube = anndata.read_h5ad(sys.argv[1])
marks = [name for name in tube.obs if tube.obs[name].dtype == "uint8"]
print(
    json.dumps(
        {
            "shape": tube.shape,
            "channels": list(tube.var_names),
            "markers": list(tube.var["marker"]),
            "counts": {name.replace("|", "/"): int(tube.obs[name].sum()) for name in marks},
            "categories": {str(k): int(v) for k, v in tube.obs["population"].value_counts().items()},
            "tube": {name: str(tube.obs[name].iloc[0]) for name in ("sample_id", "subject", "visit") if name in tube.obs},
            "first": tube.X[0].tolist(),
            "scaled": tube.layers["scaled"][0].tolist(),
            "uns": {name: str(value) for name, value in tube.uns.items()},
        }
    )
)
