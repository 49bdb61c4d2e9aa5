"""The offline bundle: everything for a machine without a network, in one signed tar.

    manifest.json            first in the tar: size and SHA-256 of every other member, and what the
                             bundle is for (Python versions, processor, C library)
    requirements.txt         hash-locked over the wheels below: what runs, the appliance included
    requirements-build.txt   likewise: the tools that compile llama-cpp-python on the box
    wheels/  sdists/         the packages; of llama-cpp-python a portable wheel and the source
    models/NAME/             as they lie in ``models_dir`` (the demo models are inside our wheel)
    debs/RELEASE/            Debian packages with their ``Packages`` index, when asked for; each
                             release of Debian has its own, which no other is offered
    ansible/  systemd/  asterisk-conf/  docs/     of the checkout, side by side as there
    sbom.cdx.json            CycloneDX: every package, model and Debian package, licence and hash
    licences/                the texts

On the box: ``pip install --no-index --find-links wheels --require-hashes -r requirements.txt``;
where Debian has no python3-venv: ``python3 -m venv --without-pip V``, then
``V/bin/python wheels/pip-*.whl/pip install ...`` with the same options.

Beside the tar lies ``FILE.sig``, a detached OpenSSH signature of all of it.
"""
